/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.prove.Plan;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class ProvePlanTest {

    private static final String URL = "http://127.0.0.1:8080/in/proof";

    @TempDir Path folder;
    private String secret;

    @BeforeEach
    void writeSecret() throws IOException {
        secret =
                "file:"
                        + Files.writeString(
                                folder.resolve("token"), "token-0123456789abcdef0123456789");
    }

    @Test
    void each_vendor_sends_under_ids_of_this_run_only() {
        Plan plan = plan("--url", URL, "--vendor", "slack", "--vendor", "patient");

        assertThat(plan.senders())
                .extracting(sender -> sender.profile().name())
                .containsExactly("proverun-slack0", "proverun-patient0");
        assertThat(plan.run()).isEqualTo("proverun");
    }

    @Test
    void urls_of_one_path_are_one_stream_and_each_path_is_another() {
        Plan plan =
                plan("--url", URL, "--url", "http://127.0.0.2/in/proof", "--url", URL + "-other");

        assertThat(plan.senders()).extracting(Plan.Sender::stream).containsExactly(0, 1);
        assertThat(plan.senders().get(1).endpoints().next()).isEqualTo(URI.create(URL + "-other"));
    }

    @Test
    void a_connection_of_http2_carries_a_hundred_requests() {
        Plan plan = plan("--url", URL, "--http2", "--connections", "2");

        assertThat(plan.senders().get(0).profile().pace().inFlight()).isEqualTo(200);
        assertThat(plan.senders().get(0).profile().pace().version())
                .isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void vendors_time_is_scaled_and_that_of_the_patient_is_real() {
        Plan plan = plan("--url", URL, "--vendor", "slack", "--vendor", "patient");

        assertThat(plan.senders())
                .extracting(sender -> sender.profile().pace().timeScale())
                .containsExactly(0.001, 1.0);
    }

    @Test
    void all_problems_are_told_together_with_names_values_and_expectations() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(
                        problems(
                                "--url", "nonsense",
                                "--output", file.toString(),
                                "--counts", folder.toString(),
                                "--tier", "gold",
                                "--connections", "0",
                                "--rate", "-1",
                                "--time-scale", "0",
                                "--admin", "localhost:1",
                                "--event-id-field", "id",
                                "--journal", file + "/journal"))
                .contains(
                        "--url: nonsense (expected: http://HOST/PATH or https://HOST/PATH)",
                        "--output: " + file + " (expected: a folder that can be read)",
                        "--late: none (expected: --counts and --late, or neither)",
                        "--tier: gold (expected: checkpoint, accept)",
                        "--connections: 0 (expected: 1 to 10000)",
                        "--rate: -1.0 (expected: 0 or more)",
                        "--time-scale: 0.0 (expected: above 0)",
                        "--admin: localhost:1 (expected: http://HOST:PORT)",
                        "--event-id-field: id (expected: a JSON pointer, which starts with /)",
                        "--journal: "
                                + file
                                + "/journal (expected: a file in a folder that exists)")
                .anyMatch(problem -> problem.startsWith("--admin-token: "));
    }

    @Test
    void an_unknown_vendor_is_told_with_all_that_are_known() {
        assertThat(problems("--url", URL, "--output", "out", "--vendor", "slac"))
                .singleElement()
                .asString()
                .startsWith("--vendor: slac (expected: patient, adyen, ")
                .contains("workos");
    }

    @Test
    void a_vendor_that_is_named_twice_is_refused_for_its_ids_would_be_the_same() {
        assertThat(
                        problems(
                                "--url",
                                URL,
                                "--output",
                                "out",
                                "--vendor",
                                "slack",
                                "--vendor",
                                "slack"))
                .containsExactly(
                        "--vendor: slack, again (expected: each once; for more load, --connections and --rate)");
    }

    @Test
    void a_scheme_that_signs_in_the_body_is_told_as_a_problem() {
        assertThat(problems("--url", URL, "--output", "out", "--auth", "mailgun"))
                .singleElement()
                .asString()
                .startsWith("--auth: mailgun: body: ");
    }

    @Test
    void times_are_bounded() {
        String most = "9223372036854775807";
        assertThat(problems("--url", URL, "--output", "out", "--duration", most, "--settle", most))
                .containsExactly(
                        "--duration: %s (expected: seconds, 1 to 315360000)".formatted(most),
                        "--settle: %s (expected: seconds, 1 to 315360000)".formatted(most));
    }

    @Test
    void a_secret_that_is_not_there_is_told_by_its_reference() {
        assertThat(problems("--url", URL, "--output", "out", "--stream-secret", "file:/none"))
                .singleElement()
                .asString()
                .startsWith("--stream-secret: ")
                .contains("/none: no such file (expected: a secret that can be read)");
    }

    @Test
    void there_is_one_secret_for_all_streams_or_one_for_each() {
        assertThat(
                        problems(
                                "--url",
                                URL,
                                "--url",
                                URL + "2",
                                "--url",
                                URL + "3",
                                "--output",
                                "out",
                                "--stream-secret",
                                secret,
                                "--stream-secret",
                                secret))
                .containsExactly(
                        "--stream-secret: 2 of them (expected: 1, or 1 for each path of the URLs, of which there are 3)");
    }

    private List<String> problems(String... arguments) {
        List<String> found = new ArrayList<>();
        assertThatThrownBy(() -> ProvePlan.of(options(arguments), 1, 1))
                .asInstanceOf(type(InvalidSettingsException.class))
                .satisfies(invalid -> found.addAll(invalid.problems()));
        return found;
    }

    private Plan plan(String... arguments) {
        return ProvePlan.of(
                options(arguments, "--output", folder.toString()), Long.parseLong("run", 36), 1);
    }

    private ProveOptions options(String[] arguments, String... more) {
        ProveOptions options = new ProveOptions();
        CommandSpec mixin = CommandSpec.forAnnotatedObject(options);
        CommandLine command = new CommandLine(CommandSpec.create().addMixin("options", mixin));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        if (!all.contains("--stream-secret")) {
            all.addAll(List.of("--stream-secret", secret));
        }
        command.parseArgs(all.toArray(String[]::new));
        return options;
    }
}
