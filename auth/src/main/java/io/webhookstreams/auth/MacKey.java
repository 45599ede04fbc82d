/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shared secret, ready to sign. */
final class MacKey implements SchemeKey, SigningKey {

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

    static MacKey forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        byte[] key = KeyBytes.decode(ref, secret, scheme.key());
        try {
            String algorithm = scheme.algorithm().jcaName();
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return new MacKey(secret.name(), (Mac) mac.clone(), scheme.signature().encoding());
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException(scheme.algorithm() + ": not provided by this JVM", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean verifies(List<byte[]> content, List<String> signatures, Trace trace) {
        String made = sign(content);
        trace.expected(name, made);
        byte[] expected = made.getBytes(StandardCharsets.US_ASCII);
        for (String signature : signatures) {
            // Constant time: how far a guess was right must not be measurable.
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String sign(List<byte[]> content) {
        Mac mac = copy();
        for (byte[] piece : content) {
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
}
