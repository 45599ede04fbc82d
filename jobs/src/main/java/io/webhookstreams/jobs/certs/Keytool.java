/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.certs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The JDK's {@code keytool} on a key store of its own, in a folder that only its owner reads and
 * that is gone after {@link #close}. One thread.
 */
final class Keytool implements AutoCloseable {

    private static final String PASSWORD_VARIABLE = "WEBHOOKS_STORE_PASSWORD";
    private static final int PASSWORD_BYTES = 16;

    private final Path folder;
    private final Path file;
    private final char[] password;

    private Keytool(Path folder, char[] password) {
        this.folder = folder;
        this.file = folder.resolve("keys.p12");
        this.password = password;
    }

    static Keytool open(SecureRandom random) throws IOException {
        byte[] password = new byte[PASSWORD_BYTES];
        random.nextBytes(password);
        // Files gives a temporary folder to its owner only.
        return new Keytool(
                Files.createTempDirectory("webhooks-certs"),
                HexFormat.of().formatHex(password).toCharArray());
    }

    /** Puts a key and its certificate into the store, which is empty before. */
    void put(String alias, PrivateKeyEntry entry) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setEntry(alias, entry, new PasswordProtection(password));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    /** Makes a key pair on the curve P-256 and a certificate for it, as the options say. */
    PrivateKeyEntry generate(String alias, String subject, int days, List<String> options)
            throws IOException, GeneralSecurityException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-J-XX:TieredStopAtLevel=1",
                                "-J-XX:+UseSerialGC",
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                subject,
                                // The clocks of two machines differ a little.
                                "-startdate",
                                "-1H",
                                "-validity",
                                Integer.toString(days),
                                "-storetype",
                                "PKCS12",
                                "-storepass:env",
                                PASSWORD_VARIABLE,
                                "-keystore",
                                file.toString()));
        command.addAll(options);
        run(command);
        return entry(alias);
    }

    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, String.valueOf(password));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("keytool: interrupted", e);
        }
    }

    private PrivateKeyEntry entry(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return (PrivateKeyEntry) store.getEntry(alias, new PasswordProtection(password));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(folder);
    }
}
