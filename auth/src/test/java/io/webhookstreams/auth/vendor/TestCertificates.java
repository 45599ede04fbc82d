/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Authorities and what they have signed, made by the JDK's keytool. */
final class TestCertificates {

    private static final String STORE_KEY = "keystore-password";

    private final Path store;

    TestCertificates(Path directory) {
        this.store = directory.resolve("certificates.p12");
    }

    TestCertificates authority(String alias) {
        return keytool(alias, "CN=" + alias, "-ext", "bc:c");
    }

    TestCertificates signed(String alias, String commonName, String by) {
        return keytool(alias, "CN=" + commonName + ",O=Test", "-signer", by);
    }

    X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) open().getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    byte[] pem(String... aliases) {
        StringBuilder pem = new StringBuilder();
        try {
            for (String alias : aliases) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(
                                Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(certificate(alias).getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** In base64. */
    String sign(String alias, String algorithm, String content) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign((PrivateKey) open().getKey(alias, STORE_KEY.toCharArray()));
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore open() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_KEY.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private TestCertificates keytool(String alias, String name, String... more) {
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
                                "-dname",
                                name,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-startdate",
                                "2025/01/01 00:00:00",
                                "-validity",
                                "36500",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                STORE_KEY));
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(output);
            }
            return this;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
