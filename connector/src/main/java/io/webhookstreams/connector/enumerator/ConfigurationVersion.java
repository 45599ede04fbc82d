/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration that was read and found good. Never changes; a change is another version.
 *
 * @param number from 1 on; each is greater than those before it
 * @param streams each stream's options as text, by name and key, both ascending; references to
 *     secrets, never secrets
 */
public record ConfigurationVersion(long number, Map<String, Map<String, String>> streams) {

    private static final int SHOWN_DIGEST_BYTES = 6;

    public ConfigurationVersion {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        streams.forEach(
                (name, options) ->
                        copy.put(name, Collections.unmodifiableMap(new TreeMap<>(options))));
        streams = Collections.unmodifiableMap(copy);
    }

    /** Tells it apart for people: the beginning of the SHA-256 of what it says. */
    public String digest() {
        byte[] sha256 = ConfigurationBytes.digest(streams);
        return HexFormat.of().formatHex(sha256, 0, SHOWN_DIGEST_BYTES);
    }
}
