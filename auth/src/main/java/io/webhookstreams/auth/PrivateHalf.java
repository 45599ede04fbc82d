/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** The private half of a key pair, which only test senders have. */
final class PrivateHalf implements SigningKey {

    private static final String LABEL = "PRIVATE KEY";

    private final String name;
    private final PrivateKey key;
    private final Algorithm algorithm;
    private final Encoding encoding;

    private PrivateHalf(String name, PrivateKey key, SignatureScheme scheme) {
        this.name = name;
        this.key = key;
        this.algorithm = scheme.algorithm();
        this.encoding = scheme.signature().encoding();
    }

    /** Whatever the scheme says of the public half, this one is PKCS #8 in PEM, unencrypted. */
    static PrivateHalf forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        byte[] der = KeyBytes.pem(ref, secret.bytes(), LABEL);
        try {
            PrivateKey key =
                    KeyFactory.getInstance(scheme.algorithm().keyName())
                            .generatePrivate(new PKCS8EncodedKeySpec(der));
            KeyStrength.require(ref, key, scheme.algorithm());
            return new PrivateHalf(secret.name(), key, scheme);
        } catch (GeneralSecurityException e) {
            // Not as the cause: its message may tell of the key.
            throw new SecretUnavailableException(
                    ref, "no key (expected: a private key for " + scheme.algorithm() + ")");
        }
    }

    @Override
    public String sign(List<byte[]> content) {
        try {
            Signature signature = Signature.getInstance(algorithm.jcaName());
            signature.initSign(key);
            for (byte[] piece : content) {
                signature.update(piece);
            }
            return encoding.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": not provided by this JVM", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
