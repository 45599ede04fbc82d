/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.Signer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a token as the configured rules want it: issuer, first audience, the claims that have a
 * value, all scopes, the body's hash. The key's id is the name of its reference.
 */
public final class JwtSigner implements Signer {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final String keyId;
    private final JwtSettings settings;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;
    private final Supplier<String> ids;

    private JwtSigner(
            String keyId,
            JwtSettings settings,
            JWSAlgorithm algorithm,
            JWSSigner signer,
            Supplier<String> ids) {
        this.keyId = keyId;
        this.settings = settings;
        this.algorithm = algorithm;
        this.signer = signer;
        this.ids = ids;
    }

    /**
     * Signs with the first algorithm that the key is for.
     *
     * @param keyId what the token's header names
     * @param key the shared secret; otherwise a private key in PKCS #8
     * @throws IllegalArgumentException if it is no key for a configured algorithm
     */
    public static JwtSigner open(
            String keyId, byte[] key, JwtSettings settings, Supplier<String> ids) {
        for (String name : settings.algorithms()) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            Optional<JWSSigner> signer = signer(algorithm, key);
            if (signer.isPresent()) {
                return new JwtSigner(keyId, settings, algorithm, signer.get(), ids);
            }
        }
        throw new IllegalArgumentException(
                "no key (expected: one for "
                        + String.join(", ", settings.algorithms())
                        + (settings.isShared() ? ")" : ", private, PKCS #8 in PEM)"));
    }

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        SignedJWT token = new SignedJWT(header(), claims(draft.body(), now));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(algorithm + ": not provided by this JVM", e);
        }
        String header = settings.header();
        return header == null || header.equalsIgnoreCase("authorization")
                ? draft.header("authorization", "Bearer " + token.serialize())
                : draft.header(header, token.serialize());
    }

    @Override
    public String newId() {
        return ids.get();
    }

    private JWSHeader header() {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId).build();
    }

    private JWTClaimsSet claims(byte[] body, Instant now) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .issuer(settings.issuer());
        settings.audiences().stream().findFirst().ifPresent(claims::audience);
        for (String rule : settings.claims()) {
            Map.Entry<String, Object> claim = claim(rule);
            claims.claim(claim.getKey(), claim.getValue());
        }
        if (!settings.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", settings.scopes()));
        }
        if (settings.bodyHashClaim() != null) {
            claims.claim(settings.bodyHashClaim(), ClaimRules.hash(body));
        }
        return claims.build();
    }

    /** A claim of which only the name is wanted says {@code test}. */
    private static Map.Entry<String, Object> claim(String rule) {
        int equals = rule.indexOf('=');
        if (equals < 0) {
            return Map.entry(rule, "test");
        }
        String value = rule.substring(equals + 1);
        boolean truth = List.of("true", "false").contains(value);
        return Map.entry(rule.substring(0, equals), truth ? Boolean.valueOf(value) : value);
    }

    /** Empty where it is no key for the algorithm. */
    private static Optional<JWSSigner> signer(JWSAlgorithm algorithm, byte[] key) {
        try {
            JWSSigner signer = open(algorithm, key);
            return Optional.of(signer)
                    .filter(one -> one.supportedJWSAlgorithms().contains(algorithm));
        } catch (GeneralSecurityException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static JWSSigner open(JWSAlgorithm algorithm, byte[] key)
            throws GeneralSecurityException, JOSEException {
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            return new MACSigner(key.clone());
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(key);
        return JWSAlgorithm.Family.RSA.contains(algorithm)
                ? new RSASSASigner(KeyFactory.getInstance("RSA").generatePrivate(spec))
                : new ECDSASigner(
                        (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec));
    }
}
