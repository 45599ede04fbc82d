/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA in a key store of its own, made by the JDK's keytool; issues clients' certificates. */
final class TestCa {

    private static final String PASSWORD = "changeit";

    private final Path store;

    private TestCa(Path store) {
        this.store = store;
    }

    static TestCa make(Path folder, String name) throws Exception {
        TestCa ca = new TestCa(folder.resolve(name + ".p12"));
        ca.generate("ca", "CN=" + name, List.of("-ext", "bc:c"));
        return ca;
    }

    /** The same with what it has issued, in files of its own: what the copy issues is its own. */
    TestCa copyTo(Path folder) throws IOException {
        return new TestCa(Files.copy(store, folder.resolve(store.getFileName())));
    }

    /** The CA's certificate, as a PEM file. */
    Path pem() throws Exception {
        String base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(load().getCertificate("ca").getEncoded());
        return Files.writeString(
                store.resolveSibling(store.getFileName() + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /** Issues a certificate for a host name. */
    TestCa issue(String dns) throws Exception {
        return issue(dns, List.of());
    }

    /** Issues one for a host name with another name beside it, as keytool writes it. */
    TestCa issueWith(String dns, String alternative) throws Exception {
        return issue(dns, List.of("-ext", "san=dns:" + dns + "," + alternative));
    }

    /** The certificate that was issued for a host name. */
    X509Certificate certificate(String dns) throws Exception {
        return (X509Certificate) load().getCertificate(dns);
    }

    /** Issues one that was valid last year only. */
    TestCa issueExpired(String dns) throws Exception {
        return issue(dns, List.of("-startdate", "-400d", "-validity", "30"));
    }

    /** What a client with that certificate connects with. */
    SSLContext client(String dns, SelfSigned server) throws Exception {
        KeyStore all = load();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                dns,
                all.getKey(dns, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(dns));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), server.trust().getTrustManagers(), null);
        return context;
    }

    private TestCa issue(String dns, List<String> more) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", "ca", "-ext", "san=dns:" + dns));
        // A later extension of the same kind replaces an earlier one.
        options.addAll(more);
        generate(dns, "CN=" + dns + ",O=Example", options);
        return this;
    }

    private KeyStore load() throws Exception {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private void generate(String alias, String name, List<String> options) throws Exception {
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
                                name,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
    }
}
