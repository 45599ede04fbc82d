/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Verifies as a preset's schemes say. The first scheme whose signature is in the request decides
 * alone: what it refuses, no other may accept.
 */
final class DeclarativeVerifier implements Verifier {

    private final String name;
    private final String challenge;
    private final KeyRing<List<MacKey>> ring;
    private final List<SchemeVerifier> schemes;

    private DeclarativeVerifier(Preset preset, KeyRing<List<MacKey>> ring) {
        this.name = preset.name();
        this.challenge = preset.schemes().get(0).algorithm() + " realm=\"webhooks\"";
        this.ring = ring;
        this.schemes =
                IntStream.range(0, preset.schemes().size())
                        .mapToObj(
                                i ->
                                        new SchemeVerifier(
                                                name,
                                                new SchemeReader(preset.schemes().get(i)),
                                                ring,
                                                i))
                        .toList();
    }

    /** Resolves the secrets; each gives one key per scheme. */
    static DeclarativeVerifier open(Preset preset, List<SecretRef> refs, SecretResolver resolver)
            throws SecretUnavailableException {
        return new DeclarativeVerifier(
                preset,
                KeyRing.open(
                        refs,
                        resolver,
                        (ref, secret) -> MacKey.forgeAll(ref, secret, preset.schemes())));
    }

    @Override
    public String scheme() {
        return name;
    }

    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        try {
            schemeOf(headersOnly).precheck(headersOnly);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.denied());
        }
    }

    @Override
    public Decision verify(AuthRequest request) {
        try {
            return schemeOf(request).verify(request);
        } catch (RefusedException e) {
            return e.denied();
        }
    }

    @Override
    public String challenge() {
        return challenge;
    }

    @Override
    public void refresh() {
        ring.refresh();
    }

    private SchemeVerifier schemeOf(AuthRequest request) {
        for (SchemeVerifier scheme : schemes) {
            if (scheme.appliesTo(request)) {
                return scheme;
            }
        }
        // It refuses, and names what is missing.
        return schemes.get(0);
    }
}
