/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class JobDefinitionTest {

    @TempDir Path folder;

    @Test
    void what_is_not_configured_has_its_default() throws IOException {
        JobSettings settings = load(ONE_STREAM).settings();

        assertThat(settings.dataDirectory()).isEqualTo(folder.resolve("data"));
        assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.pipeline().outputDirectory())
                .isEqualTo(folder.resolve("data/output").toString());
        assertThat(settings.pipeline().timeToLive()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.pipeline().rollInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.metrics()).isEmpty();
    }

    @Test
    void metrics_are_shown_on_loopback_unless_told_otherwise() throws IOException {
        assertThat(load(ONE_STREAM + "job: {metrics.port: 9249}").settings().metrics())
                .contains(new MetricsEndpoint("127.0.0.1", "9249"));
        assertThat(
                        load(ONE_STREAM + "job: {metrics: {port: 9249-9259, address: 0.0.0.0}}")
                                .settings()
                                .metrics())
                .contains(new MetricsEndpoint("0.0.0.0", "9249-9259"));
    }

    @Test
    void relative_paths_are_those_of_the_files_folder() throws IOException {
        JobDefinition job =
                load(
                        ONE_STREAM
                                + "    handshake: {type: meta, verify-token: file:verify}\n"
                                + """
                                listener:
                                  admin.token: file:admin
                                job:
                                  data-dir: state
                                  output-dir: s3://bucket/out
                                """);

        assertThat(job.file().streams().get("orders").get(StreamOptions.AUTH_SECRETS))
                .containsExactly("orders.token=file:" + folder.resolve("orders.token"));
        assertThat(job.file().streams().get("orders").get(StreamOptions.HANDSHAKE_VERIFY_TOKEN))
                .isEqualTo("verify=file:" + folder.resolve("verify"));
        assertThat(job.file().listener().get(ListenerOptions.ADMIN_TOKEN))
                .isEqualTo("admin=file:" + folder.resolve("admin"));
        assertThat(job.settings().dataDirectory()).isEqualTo(folder.resolve("state"));
        assertThat(job.settings().pipeline().outputDirectory()).isEqualTo("s3://bucket/out");
    }

    @Test
    void a_preset_that_says_so_and_the_file_name_the_streams_whose_bodies_change()
            throws IOException {
        assertThat(
                        load("""
                                        streams:
                                          payments:
                                            path: /in/payments
                                            auth: {type: stripe, secrets: ['env:S']}
                                          code:
                                            path: /in/code
                                            auth: {type: github, secrets: ['env:S']}
                                          shop:
                                            path: /in/shop
                                            auth: {type: none}
                                            event-id: json:/id
                                        job:
                                          dedup.changing-bodies: [shop]
                                        """)
                                .settings()
                                .pipeline()
                                .streamsWithChangingBodies())
                .containsExactlyInAnyOrder("payments", "shop");
    }

    @Test
    void the_file_names_the_streams_that_are_not_deduplicated() throws IOException {
        String yaml = ONE_STREAM + "job:\n  dedup.disabled: [%s]\n";

        assertThat(load(yaml.formatted("orders")).settings().pipeline().streamsNotDeduplicated())
                .containsExactly("orders");
        assertThat(problems(yaml.formatted("shop")))
                .containsExactly("job.dedup.disabled: shop (expected: any of orders)");
    }

    @Test
    void all_problems_are_reported_together() throws IOException {
        assertThat(
                        problems(
                                """
                                listner:
                                  port: 1
                                listener:
                                  port: many
                                streams:
                                  orders:
                                    path: orders
                                    pth: /x
                                    auth: {type: bearer, secrets: [hush-hush]}
                                    event-id: [a, b]
                                  orders:
                                    tier: checkpoint
                                job:
                                  checkpoint-interval: often
                                  parallelism: 0
                                  rest-port: any
                                  metrics.port: 70000-70001
                                  files.roll-size: 0b
                                  dedup.changing-bodies: [shop]
                                """))
                .contains(
                        "listner: unknown (expected: listener)",
                        "streams.orders: given twice (expected: once)",
                        "streams.orders.pth: unknown (expected: path)",
                        "streams.orders.event-id: a list (expected: one value)",
                        "job.checkpoint-interval: often (expected: a duration such as 500 ms or 7 d)",
                        "job.parallelism: 0 (expected: at least 1)",
                        "job.rest-port: any (expected: a port or a range of ports such as 8081-8089)",
                        "job.metrics.port: 70000-70001 (expected: a port or a range of ports such as"
                                + " 8081-8089)",
                        "job.files.roll-size: 0b (expected: more than 0)",
                        "job.dedup.changing-bodies: shop (expected: any of orders)")
                .anySatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("streams.orders.path: orders (expected: "))
                .anySatisfy(
                        problem ->
                                assertThat(problem).startsWith("listener.port: many (expected: "))
                .noneSatisfy(problem -> assertThat(problem).contains("hush"));
    }

    private static final String ONE_STREAM =
            """
            streams:
              orders:
                path: /in/orders
                auth:
                  type: bearer
                  secrets: [file:orders.token]
                event-id: json:/id
            """;

    private JobDefinition load(String yaml) throws IOException {
        return JobDefinition.load(Files.writeString(folder.resolve("webhooks.yaml"), yaml));
    }

    private List<String> problems(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("webhooks.yaml"), yaml);
        return catchThrowableOfType(InvalidSettingsException.class, () -> JobDefinition.load(file))
                .problems();
    }
}
