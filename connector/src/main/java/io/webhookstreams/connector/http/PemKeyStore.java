/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Makes a key store in memory from a PEM certificate chain and an unencrypted PKCS #8 key. */
final class PemKeyStore {

    /** The store never leaves memory, so its password protects nothing. */
    static final String PASSWORD = "in-memory";

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemKeyStore() {}

    /**
     * Reads both files.
     *
     * @throws IOException if one cannot be read or used; its message names the option
     */
    static KeyStore load(Path certificate, Path key) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = PASSWORD.toCharArray();
            store.setKeyEntry("listener", privateKey(key), password, chain(certificate));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "tls.certificate, tls.key: cannot be used (expected: a PEM chain and its key)",
                    e);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
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
