/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A secret that is presented as it is, kept as its SHA-256: comparing digests takes the same time
 * whatever the lengths, and the token itself need not stay in memory.
 */
final class TokenKey implements SchemeKey {

    private final String name;
    private final byte[] digest;

    private TokenKey(String name, byte[] digest) {
        this.name = name;
        this.digest = digest;
    }

    static TokenKey forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        return new TokenKey(secret.name(), sha256(presented(ref, secret, scheme)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean verifies(List<byte[]> content, List<String> presented, Trace trace) {
        boolean any = false;
        for (String token : presented) {
            any |= MessageDigest.isEqual(digest, sha256(token));
        }
        return any;
    }

    @Override
    public String toString() {
        return name;
    }

    /** What a sender who holds the secret writes. */
    private static String presented(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        byte[] token = KeyBytes.decode(ref, secret, scheme.key());
        boolean basic = scheme.algorithm() == Algorithm.BASIC;
        if (basic && indexOfColon(token) < 1) {
            throw new SecretUnavailableException(ref, "no user (expected: USER:PASSWORD)");
        }
        if (basic) {
            return Base64.getEncoder().encodeToString(token);
        }
        for (byte b : token) {
            if (b <= ' ' || b > '~') {
                throw new SecretUnavailableException(
                        ref, "not a token (expected: visible ASCII without blanks)");
            }
        }
        return new String(token, StandardCharsets.US_ASCII);
    }

    private static int indexOfColon(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The same for a sender, who must show it. */
    static final class Shown implements SigningKey {

        private final String name;
        private final String token;

        private Shown(String name, String token) {
            this.name = name;
            this.token = token;
        }

        static Shown forge(SecretRef ref, Secret secret, SignatureScheme scheme)
                throws SecretUnavailableException {
            return new Shown(secret.name(), presented(ref, secret, scheme));
        }

        @Override
        public String sign(List<byte[]> content) {
            return token;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
