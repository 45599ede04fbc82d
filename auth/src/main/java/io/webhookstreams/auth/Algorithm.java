/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonCreator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a signature is made. All that vendors are known to use; the HMACs are implemented. */
public enum Algorithm {
    HMAC_SHA1("HmacSHA1", 20),
    HMAC_SHA256("HmacSHA256", 32),
    HMAC_SHA512("HmacSHA512", 64),
    SHA256_PREFIX,
    ED25519,
    ECDSA_P256_SHA256,
    RSA_SHA1,
    RSA_SHA256,
    TOKEN,
    BASIC,
    JWT;

    private final String macName;
    private final int tagBytes;

    Algorithm(String macName, int tagBytes) {
        this.macName = macName;
        this.tagBytes = tagBytes;
    }

    Algorithm() {
        this(null, 0);
    }

    /** Reads the name that configurations use, for example {@code hmac-sha256}. */
    @JsonCreator
    static Algorithm parse(String text) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> refused(text, "one of " + Arrays.toString(values())));
    }

    /** The JDK's name of the MAC. */
    String macName() {
        requireImplemented();
        return macName;
    }

    /** The length of a raw signature. */
    int tagBytes() {
        requireImplemented();
        return tagBytes;
    }

    boolean isImplemented() {
        return macName != null;
    }

    /** The name that configurations use. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void requireImplemented() {
        if (!isImplemented()) {
            throw refused(toString(), implemented());
        }
    }

    static String implemented() {
        return Arrays.stream(values())
                .filter(Algorithm::isImplemented)
                .map(Algorithm::toString)
                .collect(Collectors.joining(", "));
    }

    private static IllegalArgumentException refused(String text, String expected) {
        return new IllegalArgumentException(
                "algorithm: " + SafeText.capped(text, 40) + " (expected: " + expected + ")");
    }
}
