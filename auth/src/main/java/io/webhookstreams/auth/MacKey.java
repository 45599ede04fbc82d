/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret, ready to sign. Safe from any thread; printed as its name. */
final class MacKey {

    private final String name;

    // Cloned per use: cheaper than keying a new one, safe from any thread, and unlike a thread's
    // local copy it leaves nothing behind on a server's threads when the job goes.
    private final Mac prototype;
    private final Encoding encoding;

    private MacKey(String name, Mac prototype, Encoding encoding) {
        this.name = name;
        this.prototype = prototype;
        this.encoding = encoding;
    }

    /** One key per scheme, in their order. */
    static List<MacKey> forgeAll(SecretRef ref, Secret secret, List<SignatureScheme> schemes)
            throws SecretUnavailableException {
        List<MacKey> keys = new ArrayList<>(schemes.size());
        for (SignatureScheme scheme : schemes) {
            keys.add(forge(ref, secret, scheme));
        }
        return List.copyOf(keys);
    }

    static MacKey forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        byte[] key = decode(ref, secret, scheme.key());
        try {
            String algorithm = scheme.algorithm().macName();
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return new MacKey(secret.name(), (Mac) mac.clone(), scheme.signature().encoding());
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException(scheme.algorithm() + ": not provided by this JVM", e);
        }
    }

    String name() {
        return name;
    }

    /** The signature of these pieces in a row, written as the vendor writes it. */
    String sign(List<byte[]> pieces) {
        Mac mac = copy();
        for (byte[] piece : pieces) {
            mac.update(piece);
        }
        return encoding.encode(mac.doFinal());
    }

    @Override
    public String toString() {
        return name;
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("cloned before, when it was forged", e);
        }
    }

    private static byte[] decode(SecretRef ref, Secret secret, SignatureScheme.Key rule)
            throws SecretUnavailableException {
        byte[] text = withoutPrefix(secret.bytes(), rule.strip());
        byte[] key =
                switch (rule.decode()) {
                    case UTF8 -> text;
                    case BASE64 -> decoded(ref, rule, Base64.getDecoder()::decode, text);
                    case HEX -> decoded(ref, rule, HexFormat.of()::parseHex, text);
                };
        if (key.length == 0) {
            throw new SecretUnavailableException(ref, "0 bytes of key (expected: at least 1)");
        }
        return key;
    }

    private static byte[] decoded(
            SecretRef ref, SignatureScheme.Key rule, Function<String, byte[]> decoder, byte[] text)
            throws SecretUnavailableException {
        try {
            return decoder.apply(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message quotes characters of the secret.
            throw new SecretUnavailableException(
                    ref,
                    text.length
                            + " characters (expected: "
                            + (rule.strip().isEmpty() ? "" : rule.strip() + " and then ")
                            + rule.decode()
                            + ")");
        }
    }

    private static byte[] withoutPrefix(byte[] text, String prefix) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        boolean there =
                text.length >= start.length
                        && Arrays.equals(text, 0, start.length, start, 0, start.length);
        return there ? Arrays.copyOfRange(text, start.length, text.length) : text;
    }
}
