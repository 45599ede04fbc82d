/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonCreator;

import java.util.Arrays;
import java.util.Locale;

/** How a signature is made. */
public enum Algorithm {
    HMAC_SHA1(Kind.MAC, "HmacSHA1", null, 20, 20),
    HMAC_SHA256(Kind.MAC, "HmacSHA256", null, 32, 32),
    HMAC_SHA512(Kind.MAC, "HmacSHA512", null, 64, 64),
    ED25519(Kind.KEY_PAIR, "Ed25519", "Ed25519", 64, 64),
    /** Signatures in DER, as OpenSSL and Java write them. */
    ECDSA_P256_SHA256(Kind.KEY_PAIR, "SHA256withECDSA", "EC", 8, 72),
    /** For what old vendors still send; keys of 2048 bits and more, as with SHA-256. */
    RSA_SHA1(Kind.KEY_PAIR, "SHA1withRSA", "RSA", 256, 1024),
    RSA_SHA256(Kind.KEY_PAIR, "SHA256withRSA", "RSA", 256, 1024),
    /** No signature: the secret itself, compared by its hash. */
    TOKEN(Kind.TOKEN, null, null, 0, 0),
    /** As {@link #TOKEN}, of {@code user:password} in base64 (RFC 7617). */
    BASIC(Kind.TOKEN, null, null, 0, 0);

    /** What a secret is to an algorithm. */
    enum Kind {
        /** The key that signs and verifies. */
        MAC,
        /** The public half: the vendor signs with the private one. */
        KEY_PAIR,
        /** The credential itself, which says nothing about the request. */
        TOKEN
    }

    private final Kind kind;
    private final String jcaName;
    private final String keyName;
    private final int leastBytes;
    private final int mostBytes;

    Algorithm(Kind kind, String jcaName, String keyName, int leastBytes, int mostBytes) {
        this.kind = kind;
        this.jcaName = jcaName;
        this.keyName = keyName;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
    }

    /** Reads the name that configurations use, for example {@code hmac-sha256}. */
    @JsonCreator
    public static Algorithm parse(String text) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "algorithm: "
                                                + SafeText.capped(text, 40)
                                                + " (expected: one of "
                                                + Arrays.toString(values())
                                                + ")"));
    }

    Kind kind() {
        return kind;
    }

    /** Whether it says anything about what was sent. */
    public boolean signs() {
        return kind != Kind.TOKEN;
    }

    /** Whether the receiver's secret is a public key, so that only the vendor can make it. */
    public boolean isKeyPair() {
        return kind == Kind.KEY_PAIR;
    }

    /** The JDK's name of the MAC or signature; null for tokens. */
    String jcaName() {
        return jcaName;
    }

    /** The JDK's name of the key's type; null where there is no key pair. */
    String keyName() {
        return keyName;
    }

    /** The length of the shortest raw signature. */
    int leastBytes() {
        return leastBytes;
    }

    /** The length of the longest raw signature. */
    int mostBytes() {
        return mostBytes;
    }

    /** The name that configurations use. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
