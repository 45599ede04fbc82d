/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Verifies as a preset's schemes say. The first scheme that is for the request decides alone: what
 * it refuses, no other may accept.
 */
final class DeclarativeVerifier implements Verifier {

    private final String name;
    private final String challenge;
    private final Set<String> credentialHeaders;
    private final Set<String> credentialQueryParameters;
    private final KeyRing<List<SchemeKey>> ring;
    private final List<SchemeVerifier> schemes;

    private DeclarativeVerifier(Preset preset, Site site, KeyRing<List<SchemeKey>> ring) {
        this.name = preset.name();
        this.challenge = challenge(preset.schemes().get(0));
        this.credentialHeaders = tokens(preset, FieldSource.Kind.HEADER, ALWAYS_CREDENTIAL_HEADERS);
        this.credentialQueryParameters =
                tokens(preset, FieldSource.Kind.QUERY, ALWAYS_CREDENTIAL_QUERY_PARAMETERS);
        this.ring = ring;
        this.schemes =
                IntStream.range(0, preset.schemes().size())
                        .mapToObj(i -> verifier(preset, site, ring, i))
                        .toList();
    }

    private static SchemeVerifier verifier(
            Preset preset, Site site, KeyRing<List<SchemeKey>> ring, int i) {
        SignatureScheme scheme = preset.schemes().get(i);
        boolean each = scheme.signature().from().isEach();
        boolean tells = preset.wrongSignature() == WrongSignature.ALWAYS_401;
        SchemeReader reader = new SchemeReader(scheme, site);
        return new SchemeVerifier(preset.name(), reader, each, tells, ring, i);
    }

    /** Resolves the secrets; each gives one key per scheme. */
    static DeclarativeVerifier open(
            Preset preset,
            Site site,
            List<SecretRef> refs,
            SecretResolver resolver,
            InstantSource clock)
            throws SecretUnavailableException {
        return new DeclarativeVerifier(
                preset,
                site,
                KeyRing.open(
                        refs,
                        resolver,
                        (ref, secret) -> SchemeKey.forgeAll(ref, secret, preset.schemes()),
                        clock));
    }

    @Override
    public String scheme() {
        return name;
    }

    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        try {
            SchemeVerifier scheme = fromHeaders(headersOnly);
            if (scheme == null) {
                // It refuses, and names what is missing.
                schemes.get(0).precheck(new RequestFields(headersOnly));
            } else if (!scheme.reader().asksBody()) {
                scheme.precheck(new RequestFields(headersOnly));
            }
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.denied());
        }
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        try {
            RequestFields fields = new RequestFields(request);
            return schemeOf(fields, trace).verify(fields, trace);
        } catch (RefusedException e) {
            return e.denied();
        }
    }

    @Override
    public Set<String> credentialHeaders() {
        return credentialHeaders;
    }

    @Override
    public Set<String> credentialQueryParameters() {
        return credentialQueryParameters;
    }

    @Override
    public String challenge() {
        return challenge;
    }

    @Override
    public String macOf(String token, String secretName) {
        for (List<SchemeKey> keys : ring.current().keys()) {
            if (keys.get(0) instanceof MacKey key
                    && (secretName == null || key.name().equals(secretName))) {
                return key.sign(List.of(token.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return null;
    }

    @Override
    public void refresh() {
        ring.refresh();
    }

    @Override
    public List<SecretStatus> secrets() {
        return ring.status();
    }

    /** The first that may be for the request; null for none. */
    private SchemeVerifier fromHeaders(AuthRequest headersOnly) {
        for (SchemeVerifier scheme : schemes) {
            if (scheme.reader().mayApplyTo(headersOnly)) {
                return scheme;
            }
        }
        return null;
    }

    private SchemeVerifier schemeOf(RequestFields fields, Trace trace) throws RefusedException {
        for (SchemeVerifier scheme : schemes) {
            boolean applies = scheme.reader().appliesTo(fields);
            trace.scheme(scheme.reader().scheme(), applies);
            if (applies) {
                return scheme;
            }
        }
        // It refuses, and names what is missing.
        return schemes.get(0);
    }

    /** A token is worth as much to whoever reads it in a record as to its sender. */
    private static Set<String> tokens(Preset preset, FieldSource.Kind kind, Set<String> always) {
        Set<String> names = new TreeSet<>(always);
        preset.schemes().stream()
                .filter(scheme -> !scheme.algorithm().signs())
                .map(scheme -> scheme.signature().from())
                .filter(from -> from.kind() == kind)
                .forEach(from -> names.add(from.name().toLowerCase(Locale.ROOT)));
        return Set.copyOf(names);
    }

    private static String challenge(SignatureScheme scheme) {
        boolean bearer = scheme.signature().prefix().equals("Bearer ");
        return (bearer ? "Bearer" : scheme.algorithm()) + " realm=\"webhooks\"";
    }
}
