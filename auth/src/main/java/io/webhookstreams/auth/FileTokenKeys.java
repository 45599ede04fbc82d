/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.nimbusds.jose.JWSHeader;

import io.webhookstreams.auth.jwt.JwtKeys;
import io.webhookstreams.auth.jwt.KeySource;
import io.webhookstreams.auth.jwt.KeyUse;

import java.time.Instant;
import java.util.List;

/** A JWK set in a file, and what is counted of it as a whole. */
final class FileTokenKeys implements KeySource {

    private final KeyRing<JwtKeys> ring;

    /** A ring of the one file. */
    FileTokenKeys(KeyRing<JwtKeys> ring) {
        this.ring = ring;
    }

    @Override
    public Found find(JWSHeader header, Instant receivedAt) {
        KeyRing.Held<JwtKeys> file = ring.current().all().get(0);
        if (!file.verifiesAt(receivedAt)) {
            return Found.none(Missing.UNAVAILABLE);
        }
        return Found.of(file.key().find(header), new Use(file.use()));
    }

    @Override
    public boolean needsKeyId() {
        return true;
    }

    @Override
    public List<SecretStatus> secrets() {
        return ring.status();
    }

    @Override
    public void refresh() {
        ring.refresh();
    }

    private record Use(SecretUse file) implements KeyUse {

        @Override
        public void used(Instant receivedAt) {
            file.used(receivedAt);
        }
    }
}
