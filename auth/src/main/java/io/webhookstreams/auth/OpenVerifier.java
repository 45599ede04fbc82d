/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Optional;

/** Lets everyone in: for a stream whose configuration says so in as many words. */
final class OpenVerifier implements Verifier {

    private final String name;

    OpenVerifier(String name) {
        this.name = name;
    }

    @Override
    public String scheme() {
        return name;
    }

    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        return Optional.empty();
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        return new Verified(name, Verified.NO_SECRET);
    }

    /** Never sent, since nothing is denied. */
    @Override
    public String challenge() {
        return "None realm=\"webhooks\"";
    }
}
