/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.nimbusds.jose.JWSHeader;

import io.webhookstreams.auth.jwt.JwtKey;
import io.webhookstreams.auth.jwt.KeySource;
import io.webhookstreams.auth.jwt.KeyUse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets that sign a stream's tokens, all of which are tried whatever a token's key id, and
 * what is counted of each.
 */
final class SharedTokenKeys implements KeySource {

    private final KeyRing<JwtKey> ring;

    SharedTokenKeys(KeyRing<JwtKey> ring) {
        this.ring = ring;
    }

    @Override
    public Found find(JWSHeader header, Instant receivedAt) {
        KeyRing.Keys<JwtKey> live = ring.current();
        List<Candidate> keys = new ArrayList<>(live.all().size());
        for (KeyRing.Held<JwtKey> held : live.all()) {
            if (held.key() != null) {
                keys.add(new Candidate(held.key(), new Use(held)));
            }
        }
        return new Found(keys, live.isCompleteAt(receivedAt) ? null : Missing.UNAVAILABLE);
    }

    @Override
    public boolean needsKeyId() {
        return false;
    }

    @Override
    public List<SecretStatus> secrets() {
        return ring.status();
    }

    @Override
    public void refresh() {
        ring.refresh();
    }

    private record Use(KeyRing.Held<JwtKey> held) implements KeyUse {

        @Override
        public boolean isInTimeAt(Instant receivedAt) {
            return held.verifiesAt(receivedAt);
        }

        @Override
        public void used(Instant receivedAt) {
            held.use().used(receivedAt);
        }

        @Override
        public void refusedOutsideTime() {
            held.use().refusedOutsideTime();
        }
    }
}
