/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.List;
import java.util.Optional;

/**
 * Verifies as a preset's schemes say. The first scheme whose signature is in the request decides
 * alone: what it refuses, no other may accept.
 */
final class DeclarativeVerifier implements Verifier {

    private final String name;
    private final List<SchemeVerifier> schemes;
    private final String challenge;

    DeclarativeVerifier(String name, List<SchemeVerifier> schemes, Algorithm algorithm) {
        this.name = name;
        this.schemes = List.copyOf(schemes);
        this.challenge = algorithm + " realm=\"webhooks\"";
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
        schemes.forEach(SchemeVerifier::refresh);
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
