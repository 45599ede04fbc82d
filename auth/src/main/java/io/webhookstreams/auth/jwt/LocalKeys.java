/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;

import java.time.Instant;
import java.util.function.Supplier;

/** A JWK set in a file, which whoever opens the stream reads. */
public final class LocalKeys implements KeySource {

    private final Supplier<JwtKeys> current;
    private final Runnable reload;

    /**
     * Keys of one set.
     *
     * @param current the set as it is now; null while it cannot be read
     * @param reload reads it again
     */
    public LocalKeys(Supplier<JwtKeys> current, Runnable reload) {
        this.current = current;
        this.reload = reload;
    }

    @Override
    public Found find(JWSHeader header, Instant receivedAt) {
        JwtKeys keys = current.get();
        return keys == null ? Found.none(Missing.UNAVAILABLE) : Found.of(keys.find(header));
    }

    @Override
    public boolean needsKeyId() {
        return true;
    }

    @Override
    public void refresh() {
        reload.run();
    }
}
