/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Makes key stores in memory from PEM: a chain and its unencrypted PKCS #8 key, or CAs. */
final class PemKeyStore {

    /** The store never leaves memory, so its password protects nothing. */
    static final String PASSWORD = "in-memory";

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] PROBE = {1, 2, 3};

    private PemKeyStore() {}

    /**
     * Reads both texts.
     *
     * @throws IOException if one cannot be used, or they do not belong together; its message names
     *     the option
     */
    static KeyStore load(String certificate, String key) throws IOException {
        try {
            Certificate[] chain = certificates(certificate);
            PrivateKey privateKey = privateKey(key);
            if (chain.length == 0 || !belongsTo(chain[0].getPublicKey(), privateKey)) {
                throw new GeneralSecurityException("the key is not that of the certificate");
            }
            KeyStore store = empty();
            store.setKeyEntry("listener", privateKey, PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "tls.certificate, tls.key: cannot be used (expected: a PEM chain and its key)",
                    e);
        }
    }

    /**
     * A store that trusts these CAs and no others.
     *
     * @throws IOException if there is none in the text; its message names the option
     */
    static KeyStore trusting(String certificates) throws IOException {
        try {
            KeyStore store = empty();
            for (Certificate ca : certificates(certificates)) {
                store.setCertificateEntry("ca-" + store.size(), ca);
            }
            if (store.size() == 0) {
                throw new GeneralSecurityException("no certificate in the file");
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("tls.client-ca: cannot be used (expected: PEM certificates)", e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(String text) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                .toArray(Certificate[]::new);
    }

    private static boolean belongsTo(PublicKey publicKey, PrivateKey privateKey)
            throws GeneralSecurityException {
        if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
            return false;
        }
        String algorithm =
                switch (privateKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> privateKey.getAlgorithm();
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static PrivateKey privateKey(String text) throws IOException, GeneralSecurityException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("tls.key: no such block (expected: " + BEGIN + ")");
        }
        String base64 = text.substring(begin + BEGIN.length(), end).trim();
        return privateKey(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static PrivateKey privateKey(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        InvalidKeySpecException unknown =
                new InvalidKeySpecException(
                        "tls.key: unknown (expected: one of " + ALGORITHMS + ")");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // The encoding names its algorithm, but only the right factory can read it.
                unknown.addSuppressed(e);
            }
        }
        throw unknown;
    }
}
