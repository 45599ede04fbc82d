/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Trace;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.Verifier;

import java.text.ParseException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies requests that carry a signed token. {@link Verified#secretName} is the id of the key,
 * with shared secrets the secret's name.
 */
public final class JwtVerifier implements Verifier {

    private final String name;
    private final Set<JWSAlgorithm> algorithms;
    private final TokenReader reader;
    private final KeySource keys;
    private final ClaimRules rules;
    private final UnknownKeys unknown;

    /**
     * Verifies with these keys.
     *
     * @param name the type that configurations use
     * @param settings without problems
     */
    public JwtVerifier(String name, JwtSettings settings, KeySource keys) {
        this(name, settings, keys, UnknownKeys.logged(name));
    }

    JwtVerifier(String name, JwtSettings settings, KeySource keys, UnknownKeys unknown) {
        this.name = name;
        this.algorithms = JwtAlgorithms.of(settings.algorithms());
        this.reader = new TokenReader(settings.header(), keys.needsKeyId());
        this.keys = keys;
        this.rules = new ClaimRules(settings);
        this.unknown = unknown;
    }

    @Override
    public String scheme() {
        return name;
    }

    /** Decides in full but for the hash of the body: the token is all there is. */
    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        try {
            token(headersOnly, Trace.NONE);
            return Optional.empty();
        } catch (TokenRefused e) {
            return Optional.of(e.denied());
        }
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        try {
            Token token = token(request, trace);
            rules.checkBody(token.claims(), request.body(), trace);
            token.signer().use().used(request.receivedAt());
            return new Verified(name, token.signer().key().name());
        } catch (TokenRefused e) {
            return e.denied();
        }
    }

    @Override
    public Set<String> credentialHeaders() {
        Set<String> headers = new HashSet<>(ALWAYS_CREDENTIAL_HEADERS);
        headers.add(reader.header().toLowerCase(Locale.ROOT));
        return Set.copyOf(headers);
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"webhooks\"";
    }

    @Override
    public void refresh() {
        keys.refresh();
    }

    @Override
    public List<SecretStatus> secrets() {
        return keys.secrets();
    }

    /** What a good signature proves. */
    private record Token(KeySource.Candidate signer, JWTClaimsSet claims) {}

    private Token token(AuthRequest request, Trace trace) throws TokenRefused {
        SignedJWT jwt = reader.read(request, trace);
        trace.fact("alg", jwt.getHeader().getAlgorithm());
        trace.fact("kid", jwt.getHeader().getKeyID());
        if (!algorithms.contains(jwt.getHeader().getAlgorithm())) {
            throw new TokenRefused(Cause.NO_MATCH, "alg: another (expected: as configured)");
        }
        KeySource.Candidate signer = signerOf(jwt, request.receivedAt(), trace);
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            rules.check(claims, request.receivedAt(), trace);
            return new Token(signer, claims);
        } catch (ParseException e) {
            // Not as the cause: its message quotes the token.
            throw new TokenRefused(Cause.MALFORMED_CREDENTIAL, "claims: unreadable");
        }
    }

    private KeySource.Candidate signerOf(SignedJWT jwt, Instant receivedAt, Trace trace)
            throws TokenRefused {
        KeySource.Found found = keys.find(jwt.getHeader(), receivedAt);
        KeySource.Candidate outsideTime = null;
        for (KeySource.Candidate candidate : found.keys()) {
            boolean inTime = candidate.use().isInTimeAt(receivedAt);
            boolean matches = candidate.key().verifies(jwt);
            tell(trace, candidate.key().name(), inTime, matches);
            if (matches && inTime) {
                return candidate;
            }
            outsideTime = matches ? candidate : outsideTime;
        }
        if (outsideTime != null) {
            outsideTime.use().refusedOutsideTime();
            throw new TokenRefused(
                    Cause.NO_MATCH,
                    "secret "
                            + outsideTime.key().name()
                            + ": made the token (expected: one whose time it is)");
        }
        if (found.missing() == KeySource.Missing.UNKNOWN) {
            unknown.seen(jwt.getHeader().getKeyID());
        }
        if (found.missing() != null) {
            throw missing(found.missing());
        }
        throw new TokenRefused(Cause.NO_MATCH, "signature: made with no key of the stream");
    }

    private static void tell(Trace trace, String name, boolean inTime, boolean matches) {
        if (inTime) {
            trace.tried(name, matches);
        } else {
            trace.fact("secret " + name, "not within its time");
        }
    }

    private static TokenRefused missing(KeySource.Missing why) {
        return switch (why) {
            case UNKNOWN -> new TokenRefused(Cause.NO_MATCH, "kid: unknown");
            case LOOKED_FOR -> new TokenRefused(Cause.KEY_PENDING, "kid: being looked for");
            case UNAVAILABLE ->
                    new TokenRefused(Cause.SECRET_UNAVAILABLE, "keys: not all readable");
        };
    }
}
