/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;

import java.util.List;
import java.util.function.Supplier;

/** Keys that whoever opens the stream reads: a JWK set in a file, or shared secrets. */
public final class LocalKeys {

    private LocalKeys() {}

    /**
     * Keys of one set.
     *
     * @param current the set as it is now; null while it cannot be read
     * @param refresh reads it again
     */
    public static KeySource set(Supplier<JwtKeys> current, Runnable refresh) {
        return new Source(
                header -> {
                    JwtKeys keys = current.get();
                    return keys == null
                            ? KeySource.Found.none(KeySource.Missing.UNAVAILABLE)
                            : KeySource.Found.of(keys.find(header));
                },
                true,
                refresh);
    }

    /**
     * Shared secrets, all of which are tried whatever the token's key id.
     *
     * @param current those that can be read now
     * @param refresh reads them again
     */
    public static KeySource shared(Supplier<List<JwtKey>> current, Runnable refresh) {
        return new Source(
                header -> {
                    List<JwtKey> keys =
                            current.get().stream().filter(key -> key.suits(header)).toList();
                    return keys.isEmpty()
                            ? KeySource.Found.none(KeySource.Missing.UNAVAILABLE)
                            : KeySource.Found.of(keys);
                },
                false,
                refresh);
    }

    /** Finds keys in memory. */
    @FunctionalInterface
    private interface Finder {
        KeySource.Found find(JWSHeader header);
    }

    private record Source(Finder finder, boolean needsKeyId, Runnable reload) implements KeySource {

        @Override
        public Found find(JWSHeader header) {
            return finder.find(header);
        }

        @Override
        public void refresh() {
            reload.run();
        }
    }
}
