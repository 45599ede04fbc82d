/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.Optional;

/**
 * Verifies {@code Authorization: Bearer TOKEN} (RFC 6750) against any of several tokens. The token
 * says nothing about the body: what it protects is the stream, not the event.
 */
final class BearerVerifier implements Verifier {

    private final String name;
    private final KeyRing<BearerToken> ring;

    BearerVerifier(String name, KeyRing<BearerToken> ring) {
        this.name = name;
        this.ring = ring;
    }

    @Override
    public String scheme() {
        return name;
    }

    /** Decides in full: the header is all there is. */
    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        return verify(headersOnly) instanceof Denied denied
                ? Optional.of(denied)
                : Optional.empty();
    }

    @Override
    public Decision verify(AuthRequest request) {
        try {
            byte[] presented = BearerToken.presentedBy(request);
            KeyRing.Keys<BearerToken> live = ring.current();
            for (BearerToken token : live.keys()) {
                if (token.matches(presented)) {
                    return new Verified(name, token.name());
                }
            }
            return live.complete()
                    ? new Denied(Cause.NO_MATCH, "authorization: unknown token")
                    : new Denied(Cause.SECRET_UNAVAILABLE, "secrets: not all readable");
        } catch (RefusedException e) {
            return e.denied();
        }
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"webhooks\"";
    }

    @Override
    public void refresh() {
        ring.refresh();
    }
}
