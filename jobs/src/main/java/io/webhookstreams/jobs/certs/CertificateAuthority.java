/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.certs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A CA in a folder, {@code ca.crt} and {@code ca.key}, and what it issues beside them. The key is
 * not encrypted: the folder is what guards it. One thread, and one process at a time for a folder.
 */
public final class CertificateAuthority {

    /** Of its files; no certificate of a sender has it. */
    static final String NAME = "ca";

    private static final String SUBJECT = "CN=Webhook senders";

    private final Path folder;
    private final PemPair files;
    private final SecureRandom random;
    private final InstantSource clock;

    public CertificateAuthority(Path folder, SecureRandom random, InstantSource clock) {
        this.folder = folder;
        this.files = PemPair.of(folder, NAME);
        this.random = random;
        this.clock = clock;
    }

    /**
     * A certificate in a file.
     *
     * @param certificate the file
     * @param key the file of its key
     * @param validUntil when it expires
     */
    public record Issued(Path certificate, Path key, Instant validUntil) {}

    /**
     * Whether the CA is there.
     *
     * @throws IOException if one of its files is and the other one is not
     */
    public boolean isThere() throws IOException {
        boolean certificate = Files.exists(files.certificate());
        if (certificate != Files.exists(files.key())) {
            Path missing = certificate ? files.key() : files.certificate();
            throw new FileNotFoundException(
                    missing + ": missing (expected: both files of the CA, or neither)");
        }
        return certificate;
    }

    /**
     * Makes the CA, and its folder if need be.
     *
     * @throws FileAlreadyExistsException if there is one: it is never replaced
     */
    public Issued create(int days) throws IOException, GeneralSecurityException {
        files.requireAbsent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        try (Keytool keytool = Keytool.open(random)) {
            PrivateKeyEntry entry =
                    keytool.generate(
                            NAME,
                            SUBJECT,
                            days,
                            List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=kCS,cRLs"));
            files.create(entry);
            return issued(files, entry);
        }
    }

    /**
     * How many days a certificate may be valid that is issued now: as long as the CA is.
     *
     * @throws IOException if the CA's files cannot be used
     */
    public int longestDays() throws IOException {
        Instant end = validUntil(files.read());
        return (int) Math.max(0, Duration.between(clock.instant(), end).toDays());
    }

    /**
     * Issues a certificate.
     *
     * @param replace whether to write over its files, as for a renewal
     * @throws FileAlreadyExistsException if they are there and not to be replaced
     * @throws IOException if the CA's files cannot be used, or do not belong together
     */
    public Issued issue(CertificateRequest request, boolean replace)
            throws IOException, GeneralSecurityException {
        PemPair pair = PemPair.of(folder, request.name());
        if (!replace) {
            pair.requireAbsent();
        }
        try (Keytool keytool = Keytool.open(random)) {
            PrivateKeyEntry own = files.read();
            keytool.put(NAME, own);
            PrivateKeyEntry entry =
                    keytool.generate(
                            "issued", request.subject(), request.days(), extensions(request));
            requireSignedBy(own, entry);
            if (replace) {
                pair.replace(entry);
            } else {
                pair.create(entry);
            }
            return issued(pair, entry);
        }
    }

    /** Whether a file of that certificate is there. */
    public boolean hasIssued(String name) {
        PemPair pair = PemPair.of(folder, name);
        return Files.exists(pair.certificate()) || Files.exists(pair.key());
    }

    private void requireSignedBy(PrivateKeyEntry own, PrivateKeyEntry entry)
            throws IOException, GeneralSecurityException {
        try {
            entry.getCertificate().verify(own.getCertificate().getPublicKey());
        } catch (SignatureException e) {
            throw new IOException(
                    files.key() + ": another key (expected: that of " + files.certificate() + ")",
                    e);
        }
    }

    private static List<String> extensions(CertificateRequest request) {
        List<String> options = new ArrayList<>(List.of("-signer", NAME));
        extension(options, "ku:c=digitalSignature");
        extension(options, "eku=" + request.usage().purpose());
        if (!request.alternativeNames().isEmpty()) {
            extension(options, "san=" + String.join(",", request.alternativeNames()));
        }
        return options;
    }

    private static void extension(List<String> options, String value) {
        options.add("-ext");
        options.add(value);
    }

    private static Issued issued(PemPair pair, PrivateKeyEntry entry) {
        return new Issued(pair.certificate(), pair.key(), validUntil(entry));
    }

    private static Instant validUntil(PrivateKeyEntry entry) {
        return ((X509Certificate) entry.getCertificate()).getNotAfter().toInstant();
    }
}
