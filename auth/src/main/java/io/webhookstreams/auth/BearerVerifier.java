/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.List;
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
        try {
            match(headersOnly, Trace.NONE);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.denied());
        }
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        try {
            KeyRing.Held<BearerToken> match = match(request, trace);
            match.use().used(request.receivedAt());
            return new Verified(name, match.key().name());
        } catch (RefusedException e) {
            return e.denied();
        }
    }

    private KeyRing.Held<BearerToken> match(AuthRequest request, Trace trace)
            throws RefusedException {
        byte[] presented = BearerToken.presentedBy(request, trace);
        KeyRing.Keys<BearerToken> live = ring.current();
        KeyRing.Held<BearerToken> outsideTime = null;
        for (KeyRing.Held<BearerToken> held : live.all()) {
            boolean inTime = held.verifiesAt(request.receivedAt());
            boolean matches = held.key() != null && held.key().matches(presented);
            SchemeVerifier.tell(trace, held, inTime, matches);
            if (matches) {
                if (inTime) {
                    return held;
                }
                outsideTime = held;
            }
        }
        if (outsideTime != null) {
            throw SchemeVerifier.outsideTime(outsideTime);
        }
        throw live.isCompleteAt(request.receivedAt())
                ? new RefusedException(Cause.NO_MATCH, "authorization: unknown token")
                : new RefusedException(Cause.SECRET_UNAVAILABLE, "secrets: not all readable");
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"webhooks\"";
    }

    @Override
    public void refresh() {
        ring.refresh();
    }

    @Override
    public List<SecretStatus> secrets() {
        return ring.status();
    }
}
