/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What the receiver and the sender hold, each as a secret's text.
 *
 * @param verifying the receiver's
 * @param signing the sender's: the same, but for key pairs
 */
record TestKeys(String verifying, String signing) {

    private static final int ED25519_BYTES = 32;

    /** Keys that fit a scheme; another number, other keys. */
    static TestKeys of(SignatureScheme scheme, int number) {
        String text = scheme.algorithm() == Algorithm.BASIC ? "user:key-" : "key-" + number + "-";
        byte[] shared = (text + number).getBytes(StandardCharsets.UTF_8);
        return switch (scheme.algorithm().kind()) {
            case MAC, TOKEN -> same(scheme.key().strip() + shared(scheme.key().decode(), shared));
            case KEY_PAIR -> pair(scheme.algorithm(), scheme.key());
        };
    }

    static TestKeys pair(Algorithm algorithm, SignatureScheme.Key key) {
        KeyPair pair = generate(algorithm);
        byte[] spki = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length);
        String verifying =
                switch (key.decode()) {
                    case HEX -> HexFormat.of().formatHex(raw);
                    case BASE64 -> base64(raw);
                    case SPKI64 -> base64(spki);
                    case PEM -> pem("PUBLIC KEY", spki);
                    case CERT, UTF8 -> throw new IllegalArgumentException("no key for " + key);
                };
        return new TestKeys(
                key.strip() + verifying, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    static KeyPair generate(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyName());
            switch (algorithm.keyName()) {
                case "EC" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case "RSA" -> generator.initialize(2048);
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static TestKeys same(String text) {
        return new TestKeys(text, text);
    }

    private static String shared(SignatureScheme.KeyDecoding decode, byte[] key) {
        return switch (decode) {
            case UTF8 -> new String(key, StandardCharsets.UTF_8);
            case BASE64 -> base64(key);
            case HEX -> HexFormat.of().formatHex(key);
            case SPKI64, PEM, CERT -> throw new IllegalArgumentException("no shared key");
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
