/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;

/** The commands that need no running job, as a user calls them. */
class CommandTest {

    private static final String CONFIGURATION =
            """
            # Mine.
            listener:
              public-url: https://hooks.example.com/
            streams: # all of them
                orders: # the first
                    path: /in/orders
                    auth: {type: none}
                    event-id: json:/id
                # end of the streams

            job: {data-dir: here}
            """;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void check_tells_that_there_are_no_problems() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(webhooks("check", "--config", file.toString())).isZero();
        assertThat(out).hasToString(file + ": no problems, 1 stream(s)\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void check_tells_all_problems_with_names_values_and_expectations() throws IOException {
        Path file =
                configuration(
                        """
                        streams:
                          orders:
                            path: orders
                            pth: /in/orders
                            auth.type: bearer
                            auth.secrets: ["file:token"]
                            event-id: body-digest
                        job:
                          windows.size: large
                        """);

        assertThat(webhooks("check", "--config", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err)
                .hasToString(
                        """
                        streams.orders.pth: unknown (expected: path)
                        job.windows.size: large (expected: a duration such as 500 ms or 7 d)
                        streams.orders.path: orders (expected: / and up to 255 of A-Z a-z 0-9 . _ ~ - /, \
                        without // and without a segment that starts with a dot)
                        """);
    }

    @Test
    void check_tells_that_checkpoints_come_too_late_for_an_answer() throws IOException {
        Path file =
                configuration(CONFIGURATION.replace("here}", "here, checkpoint-interval: 10 s}"));

        assertThat(webhooks("check", "--config", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err)
                .hasToString(
                        """
                        execution.checkpointing.interval: 10000 ms (expected: with \
                        source.expected-checkpoint-duration, 500 ms, less than the answer-deadline of stream \
                        orders, which is 8000 ms; as it is, a delivery waits for up to 10500 ms, and about 25 % \
                        of them are answered 503)
                        """);
    }

    @Test
    void a_missing_file_and_a_wrong_command_line_have_their_exit_codes() {
        Path missing = folder.resolve("none.yaml");
        assertThat(webhooks("check", "--config", missing.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err).hasToString(missing + ": missing (expected: a file)\n");
        assertThat(webhooks("check")).isEqualTo(ExitCode.INVALID);
        assertThat(webhooks("chek")).isEqualTo(ExitCode.INVALID);
    }

    @Test
    void new_stream_adds_lines_to_the_file_and_changes_no_other() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(webhooks("new-stream", "--config", file.toString(), "--name", "refunds"))
                .isZero();

        String changed = Files.readString(file);
        String path = path(changed);
        assertThat(path).matches("/in/refunds/[A-Za-z0-9_-]{22}");
        assertThat(changed)
                .isEqualTo(
                        CONFIGURATION.replace(
                                "        event-id: json:/id\n",
                                """
                                        event-id: json:/id
                                    refunds:
                                        path: "%s"
                                        auth:
                                            type: "bearer"
                                            secrets: ["file:secrets/refunds"]
                                        event-id: "body-digest"
                                """
                                        .formatted(path)));
        Path secret = folder.resolve("secrets/refunds");
        assertThat(out)
                .hasToString(
                        """
                        secret: %s
                        url:    https://hooks.example.com%s
                        """
                                .formatted(secret, path));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(secret)).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(out.toString()).doesNotContain(Files.readString(secret).strip());
    }

    @Test
    void new_stream_knows_what_a_preset_says() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(
                        webhooks(
                                "new-stream",
                                "--config",
                                file.toString(),
                                "--name",
                                "code",
                                "--auth",
                                "github"))
                .isZero();
        assertThat(Files.readString(file))
                .contains("type: \"github\"")
                .doesNotContain("body-digest");
    }

    @Test
    void new_stream_refuses_without_a_trace() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(webhooks("new-stream", "--config", file.toString(), "--name", "orders"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(webhooks("new-stream", "--config", file.toString(), "--name", "../up"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(
                        webhooks(
                                "new-stream",
                                "--config",
                                file.toString(),
                                "--name",
                                "x",
                                "--auth",
                                "magic"))
                .isEqualTo(ExitCode.INVALID);

        assertThat(err.toString())
                .startsWith(
                        """
                        streams.orders: there already (expected: a new name)
                        --name: ../up (expected: [a-z0-9][a-z0-9_-]{0,62})
                        streams.x.auth.type: magic (expected: \
                        """);
        assertThat(Files.readString(file)).isEqualTo(CONFIGURATION);
        assertThat(folder.resolve("secrets")).isEmptyDirectory();
    }

    @Test
    void send_names_the_streams_that_there_are() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(
                        webhooks(
                                "send",
                                "--config",
                                file.toString(),
                                "--stream",
                                "other",
                                "--data",
                                file.toString()))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err).hasToString("--stream: other (expected: one of orders)\n");
    }

    @Test
    void check_notes_what_is_read_from_places_that_nobody_signs() throws IOException {
        Path file =
                configuration(
                        """
                        streams:
                          code:
                            path: /in/code
                            auth: {type: github, secrets: ["file:secret"]}
                          payments:
                            path: /in/payments
                            auth: {type: stripe, secrets: ["file:secret"]}
                        """);

        assertThat(webhooks("check", "--config", file.toString())).isZero();
        assertThat(out)
                .hasToString(
                        """
                        note: streams.code.event-id: header:x-github-delivery is not signed by github: whoever has \
                        captured a delivery can send it again with another one (event-id: body-digest closes that)
                        note: streams.code.event-type: header:x-github-event is not signed by github: whoever has \
                        captured a delivery can send it again with another one
                        %s: no problems, 2 stream(s)
                        """
                                .formatted(file));
    }

    @Test
    void presets_lists_all_and_tells_all_of_one() {
        assertThat(webhooks("presets")).isZero();
        assertThat(out.toString()).contains("stripe\n    Stripe. ", "mailgun\n    Mailgun. ");

        assertThat(webhooks("presets", "mailgun")).isZero();
        assertThat(out.toString())
                .contains(
                        "- **Proof:** hmac-sha256 in `json:/signature/signature` over"
                                + " `{json:/signature/timestamp}{json:/signature/token}`\n",
                        "nothing of the event",
                        "- **Known from:** Signature: verified against",
                        "Event: not verified: from memory.");

        assertThat(webhooks("presets", "nobody")).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).startsWith("NAME: nobody (expected: one of adyen, ");
    }

    @Test
    void new_stream_makes_secrets_of_the_vendors_form_and_no_public_keys() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(newStream(file, "a", "adyen")).isZero();
        assertThat(newStream(file, "b", "standard-webhooks")).isZero();
        assertThat(newStream(file, "c", "basic", "--event-id", "body-digest")).isZero();
        assertThat(newStream(file, "d", "sendgrid")).isEqualTo(ExitCode.INVALID);

        assertThat(folder.resolve("secrets/a")).content().matches("[0-9a-f]{64}\n");
        assertThat(folder.resolve("secrets/b")).content().matches("whsec_[A-Za-z0-9+/]{43}=\n");
        assertThat(folder.resolve("secrets/c")).content().matches("webhooks:[A-Za-z0-9_-]{43}\n");
        assertThat(folder.resolve("secrets/d")).doesNotExist();
        assertThat(err.toString()).startsWith("--auth: sendgrid (expected: a type whose secret");
    }

    @Test
    void new_stream_of_certificates_has_clients_and_no_secret_and_check_takes_it()
            throws IOException {
        Path file =
                configuration(
                        CONFIGURATION.replace(
                                "streams: ",
                                "  tls: {mode: pem, certificate: a.crt, key: a.key,"
                                        + " client-auth: want, client-ca: ca.crt}\nstreams: "));

        assertThat(newStream(file, "a", "mtls", "--client", "dns:a.example.com")).isZero();

        assertThat(folder.resolve("secrets")).doesNotExist();
        assertThat(Files.readString(file))
                .contains("clients:\n                - \"dns:a.example.com\"\n")
                .doesNotContain("secrets");
        assertThat(webhooks("check", "--config", file.toString())).isZero();
    }

    @Test
    void new_stream_wants_clients_for_certificates_and_for_nothing_else() throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(newStream(file, "a", "mtls")).isEqualTo(ExitCode.INVALID);
        assertThat(newStream(file, "a", "bearer", "--client", "dns:a.example.com"))
                .isEqualTo(ExitCode.INVALID);

        assertThat(err.toString())
                .contains(
                        "--client: absent (expected: whose certificates are let in, such as",
                        "--client: set (expected: only with --auth mtls)");
        assertThat(Files.readString(file)).isEqualTo(CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropbox", "api-key", "basic"})
    void new_stream_takes_no_digest_for_an_id_where_the_preset_knows_none(String type)
            throws IOException {
        Path file = configuration(CONFIGURATION);

        assertThat(newStream(file, "a", type)).isEqualTo(ExitCode.INVALID);

        assertThat(err.toString()).startsWith("--event-id: absent (expected: ").contains(type);
        assertThat(Files.readString(file)).isEqualTo(CONFIGURATION);
        assertThat(newStream(file, "a", type, "--event-id", "none")).isZero();
        assertThat(Files.readString(file)).contains("event-id: \"none\"");
    }

    private int newStream(Path file, String name, String auth, String... more) {
        String[] arguments = {
            "new-stream", "--config", file.toString(), "--name", name, "--auth", auth
        };
        return webhooks(
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private static String path(String yaml) {
        return yaml.lines()
                .filter(line -> line.contains("/in/refunds/"))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow();
    }

    private int webhooks(String... arguments) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private Path configuration(String yaml) throws IOException {
        return Files.writeString(folder.resolve("webhooks.yaml"), yaml);
    }
}
