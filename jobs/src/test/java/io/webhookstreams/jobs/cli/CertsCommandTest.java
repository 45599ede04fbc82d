/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The files that {@code webhooks certs issue} makes, and leaves alone. */
class CertsCommandTest {

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void the_first_certificate_comes_with_a_ca_and_keys_are_their_owners_only() throws Exception {
        assertThat(issue("orders", "--san", "dns:orders.internal.example")).isZero();

        assertThat(permissions("ca.crt")).isEqualTo("rw-r--r--");
        assertThat(permissions("ca.key")).isEqualTo("rw-------");
        assertThat(permissions("orders.crt")).isEqualTo("rw-r--r--");
        assertThat(permissions("orders.key")).isEqualTo("rw-------");
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(out.toString())
                .contains("made: " + certs("ca.crt") + " (valid until ", "made: " + certs("ca.key"))
                .contains("made: " + certs("orders.crt") + " (valid until ")
                .endsWith("auth.clients: dns:orders.internal.example\n")
                .doesNotContain("PRIVATE KEY");
        X509Certificate ca = certificate("ca");
        assertThat(ca.getBasicConstraints()).isZero();
        X509Certificate orders = certificate("orders");
        orders.verify(ca.getPublicKey());
        orders.checkValidity();
        assertThat(orders.getBasicConstraints()).isEqualTo(-1);
        assertThat(orders.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(daysLeft(orders)).isEqualTo(89);
    }

    @Test
    void an_existing_ca_issues_further_certificates_and_stays_as_it_is() throws Exception {
        assertThat(issue("orders")).isZero();
        String caKey = Files.readString(certs("ca.key"));

        assertThat(
                        issue(
                                "billing",
                                "--days",
                                "7",
                                "--san",
                                "uri:spiffe://example/billing?a=b",
                                "--san",
                                "email:billing@example.com",
                                "--san",
                                "ip:10.0.0.1"))
                .isZero();

        assertThat(Files.readString(certs("ca.key"))).isEqualTo(caKey);
        X509Certificate billing = certificate("billing");
        billing.verify(certificate("ca").getPublicKey());
        assertThat(daysLeft(billing)).isEqualTo(6);
        assertThat(billing.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(6, "spiffe://example/billing?a=b"),
                        List.of(1, "billing@example.com"),
                        List.of(7, "10.0.0.1"));
        assertThat(out.toString())
                .contains("auth.clients: subject:CN=orders\n")
                .endsWith(
                        "auth.clients: uri:spiffe://example/billing?a=b or"
                                + " email:billing@example.com\n");
    }

    @Test
    void a_servers_certificate_is_for_servers_and_says_nothing_of_clients() throws Exception {
        assertThat(issue("listener", "--server", "--san", "dns:hooks.example")).isZero();

        assertThat(certificate("listener").getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(out.toString()).doesNotContain("auth.clients");
    }

    @Test
    void what_is_there_is_replaced_only_where_that_is_said() throws Exception {
        assertThat(issue("orders")).isZero();
        X509Certificate first = certificate("orders");

        assertThat(issue("orders")).isEqualTo(ExitCode.INVALID);
        assertThat(err)
                .hasToString(
                        "--name: orders.crt or orders.key is there already (expected: neither, or"
                                + " --replace)\n");
        assertThat(certificate("orders")).isEqualTo(first);

        assertThat(issue("orders", "--replace")).isZero();
        assertThat(certificate("orders")).isNotEqualTo(first);
        assertThat(permissions("orders.key")).isEqualTo("rw-------");
        assertThat(out.toString()).contains("replaced: " + certs("orders.key"));
        try (Stream<Path> files = Files.list(certs(""))) {
            assertThat(files).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.crt", "ca.key"})
    void half_a_ca_is_neither_used_nor_made_anew(String lost) throws Exception {
        assertThat(issue("orders")).isZero();
        Files.delete(certs(lost));

        assertThat(issue("billing")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).startsWith(certs(lost) + ": missing (expected: both files");
        assertThat(certs(lost)).doesNotExist();
        assertThat(certs("billing.key")).doesNotExist();
    }

    @Test
    void a_key_that_is_not_the_cas_issues_nothing() throws Exception {
        assertThat(issue("orders")).isZero();
        Files.writeString(certs("ca.key"), Files.readString(certs("orders.key")));

        assertThat(issue("billing")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).startsWith(certs("ca.key") + ": another key (expected: ");
        assertThat(certs("billing.crt")).doesNotExist();
        assertThat(certs("billing.key")).doesNotExist();
    }

    @Test
    void nothing_outlives_its_ca() {
        assertThat(issue("orders", "--ca-days", "30")).isEqualTo(ExitCode.INVALID);

        assertThat(err)
                .hasToString(
                        "--days: 90 (expected: at most 29, which are left of the CA's time)\n");
        assertThat(certs("orders.key")).doesNotExist();
    }

    @Test
    void all_problems_of_the_command_line_are_told_together_and_nothing_is_made() {
        assertThat(
                        issue(
                                "../up",
                                "--server",
                                "--days",
                                "0",
                                "--san",
                                "dns:*.example.com",
                                "--san",
                                "uri:a,ip:127.0.0.1",
                                "--san",
                                "other"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString().lines().map(line -> line.substring(0, line.indexOf(" ("))))
                .containsExactly(
                        "--name: ../up",
                        "--san: dns:*.example.com",
                        "--san: uri:a,ip:127.0.0.1",
                        "--san: other",
                        "--days: 0");
        assertThat(issue("ca")).isEqualTo(ExitCode.INVALID);
        assertThat(issue("listener", "--server")).isEqualTo(ExitCode.INVALID);
        assertThat(certs("")).doesNotExist();
    }

    private int issue(String name, String... more) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                Stream.concat(
                                Stream.of(
                                        "certs",
                                        "issue",
                                        "--dir",
                                        certs("").toString(),
                                        "--name",
                                        name),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path certs(String file) {
        return folder.resolve("certs").resolve(file);
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(certs(file)));
    }

    private X509Certificate certificate(String name) throws Exception {
        try (InputStream in = Files.newInputStream(certs(name + ".crt"))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static long daysLeft(X509Certificate certificate) {
        return Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toDays();
    }
}
