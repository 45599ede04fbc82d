/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.certs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * A certificate and its key in a folder: {@code NAME.crt} for everyone, {@code NAME.key} (PKCS #8)
 * for its owner only.
 */
record PemPair(Path certificate, Path key) {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String PUBLIC_FILE = "rw-r--r--";
    private static final String SECRET_FILE = "rw-------";

    static PemPair of(Path folder, String name) {
        return new PemPair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    /**
     * Sees to it that {@link #create} has no file in its way.
     *
     * @throws FileAlreadyExistsException if one of the files is there
     */
    void requireAbsent() throws FileAlreadyExistsException {
        for (Path file : new Path[] {certificate, key}) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
    }

    /**
     * Writes both files, which are not there.
     *
     * @throws FileAlreadyExistsException if one is; nothing has changed then
     */
    void create(PrivateKeyEntry entry) throws IOException, GeneralSecurityException {
        write(key, SECRET_FILE, keyText(entry));
        try {
            write(certificate, PUBLIC_FILE, certificateText(entry));
        } catch (IOException e) {
            Files.delete(key);
            throw e;
        }
    }

    /** Writes both files in place of those that are there, each in one step, the key first. */
    void replace(PrivateKeyEntry entry) throws IOException, GeneralSecurityException {
        replace(key, SECRET_FILE, keyText(entry));
        replace(certificate, PUBLIC_FILE, certificateText(entry));
    }

    /**
     * Reads both files, also those that other tools have made.
     *
     * @throws IOException if one is missing or cannot be used; its message names the file
     */
    PrivateKeyEntry read() throws IOException {
        X509Certificate own = readCertificate();
        return new PrivateKeyEntry(
                readKey(own.getPublicKey().getAlgorithm()), new Certificate[] {own});
    }

    private X509Certificate readCertificate() throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + ": unreadable (expected: a PEM certificate)", e);
        }
    }

    private PrivateKey readKey(String algorithm) throws IOException {
        String text = Files.readString(key, US_ASCII);
        int begin = text.indexOf(begin(PRIVATE_KEY));
        int end = text.indexOf(end(PRIVATE_KEY));
        if (begin < 0 || end < begin) {
            throw new IOException(key + ": no such block (expected: " + begin(PRIVATE_KEY) + ")");
        }
        String base64 = text.substring(begin + begin(PRIVATE_KEY).length(), end).strip();
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new IOException(key + ": unreadable (expected: the certificate's key)", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(key + ": " + algorithm + " (expected: EC or RSA)", e);
        }
    }

    private static void replace(Path file, String permissions, String text) throws IOException {
        Path candidate = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(candidate);
        write(candidate, permissions, text);
        Files.move(
                candidate,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, String permissions, String text) throws IOException {
        try (SeekableByteChannel out =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(permissions)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private static String certificateText(PrivateKeyEntry entry) throws GeneralSecurityException {
        return pem(CERTIFICATE, entry.getCertificate().getEncoded());
    }

    private static String keyText(PrivateKeyEntry entry) {
        return pem(PRIVATE_KEY, entry.getPrivateKey().getEncoded());
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return begin(type) + "\n" + base64 + "\n" + end(type) + "\n";
    }

    private static String begin(String type) {
        return "-----BEGIN " + type + "-----";
    }

    private static String end(String type) {
        return "-----END " + type + "-----";
    }
}
