/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Certificates of clients, made by the JDK's keytool; nobody here looks at who signed them. */
final class TestClients {

    private static final String STORE_KEY = "keystore-password";

    private final Path store;
    private final Map<String, X509Certificate> made = new HashMap<>();

    TestClients(Path folder) {
        this.store = folder.resolve("clients.p12");
    }

    void make(String alias, String subject, String alternativeNames)
            throws IOException, GeneralSecurityException, InterruptedException {
        makeFor(alias, subject, alternativeNames, 365);
    }

    void makeFor(String alias, String subject, String alternativeNames, int days)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
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
                        "-ext",
                        "san=" + alternativeNames,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_KEY);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_KEY.toCharArray());
        }
        made.put(alias, (X509Certificate) keys.getCertificate(alias));
    }

    X509Certificate get(String alias) {
        return made.get(alias);
    }

    static String pem(X509Certificate certificate) {
        try {
            String base64 =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
