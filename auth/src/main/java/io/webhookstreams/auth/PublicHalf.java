/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/** The public half of a vendor's key pair. */
final class PublicHalf implements SchemeKey {

    // A SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, 4).
    private static final String ED25519_HEADER = "302a300506032b6570032100";
    private static final int ED25519_BYTES = 32;

    private final String name;
    private final PublicKey key;
    private final Algorithm algorithm;
    private final Encoding encoding;

    private PublicHalf(String name, PublicKey key, SignatureScheme scheme) {
        this.name = name;
        this.key = key;
        this.algorithm = scheme.algorithm();
        this.encoding = scheme.signature().encoding();
    }

    static PublicHalf forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        try {
            byte[] bytes = KeyBytes.decode(ref, secret, scheme.key());
            PublicKey key = key(ref, bytes, scheme);
            KeyStrength.require(ref, key, scheme.algorithm());
            return new PublicHalf(secret.name(), key, scheme);
        } catch (GeneralSecurityException e) {
            // Not as the cause: its message may tell of the key.
            throw new SecretUnavailableException(
                    ref, "no key (expected: a public key for " + scheme.algorithm() + ")");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean verifies(List<byte[]> content, List<String> signatures, Trace trace) {
        for (String signature : signatures) {
            if (verifies(content, encoding.decode(signature))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }

    private boolean verifies(List<byte[]> content, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm.jcaName());
            check.initVerify(key);
            for (byte[] piece : content) {
                check.update(piece);
            }
            return check.verify(signature);
        } catch (SignatureException e) {
            // Not even the form of a signature.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": not provided by this JVM", e);
        }
    }

    private static PublicKey key(SecretRef ref, byte[] bytes, SignatureScheme scheme)
            throws GeneralSecurityException, SecretUnavailableException {
        KeyFactory factory = KeyFactory.getInstance(scheme.algorithm().keyName());
        return switch (scheme.key().decode()) {
            case SPKI64, PEM -> factory.generatePublic(new X509EncodedKeySpec(bytes));
            case CERT ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                            .getPublicKey();
            case HEX, BASE64 -> factory.generatePublic(new X509EncodedKeySpec(raw(ref, bytes)));
            case UTF8 -> throw new AssertionError("the scheme refuses it");
        };
    }

    private static byte[] raw(SecretRef ref, byte[] key) throws SecretUnavailableException {
        if (key.length != ED25519_BYTES) {
            throw new SecretUnavailableException(
                    ref, key.length + " bytes of key (expected: " + ED25519_BYTES + ")");
        }
        return HexFormat.of().parseHex(ED25519_HEADER + HexFormat.of().formatHex(key));
    }
}
