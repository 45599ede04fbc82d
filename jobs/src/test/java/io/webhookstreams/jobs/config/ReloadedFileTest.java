/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceConfiguration;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

class ReloadedFileTest {

    private static final String YAML =
            """
            listener: {port: 8080-8089}
            streams:
              orders:
                path: /in/orders
                auth: {type: bearer, secrets: ["file:token"]}
                event-id: json:/id
            job:
              reload.file: webhooks.yaml
              dedup.ttl: 7 d
            """;

    @TempDir Path folder;

    @Test
    void streams_are_read_as_they_are_now_with_paths_from_the_files_folder() throws Exception {
        ReloadedFile reloaded = reloaded(new Configuration());
        write(
                YAML.replace(
                        "job:",
                        """
                          invoices:
                            path: /in/invoices
                            auth: {type: stripe, secrets: ["file:other"]}
                        job:"""));

        SourceConfiguration now = throughTheJobGraph(reloaded).read();

        assertThat(now.problems()).isEmpty();
        assertThat(now.streams()).containsOnlyKeys("orders", "invoices");
        assertThat(now.streams().get("invoices").get(StreamOptions.AUTH_SECRETS))
                .containsExactly("other=file:" + folder.resolve("other"));
    }

    @Test
    void a_port_that_was_chosen_from_the_range_stands_for_it_and_not_for_another_range()
            throws Exception {
        Configuration chosen = new Configuration();
        chosen.set(ListenerOptions.PORT, "8083");
        ReloadedFile reloaded = reloaded(chosen);
        assertThat(reloaded.read().listener().get(ListenerOptions.PORT)).isEqualTo("8083");

        write(YAML.replace("8080-8089", "9090-9099"));
        assertThat(reloaded.read().listener().get(ListenerOptions.PORT)).isEqualTo("9090-9099");
    }

    @Test
    void what_the_job_was_built_with_cannot_change_and_all_of_it_is_told() throws Exception {
        ReloadedFile reloaded = reloaded(new Configuration());
        write(
                YAML.replace("dedup.ttl: 7 d", "dedup.ttl: 1 d\n  parallelism: 3\n  reload.flie: x")
                        .replace("event-id", "evnt-id"));

        assertThat(reloaded.read().problems())
                .contains(
                        "job.dedup.ttl: 1 d (expected: 7 d, as when the job was started; a restart changes it)",
                        "job.parallelism: 3 (expected: none, as when the job was started; a restart changes it)")
                .anySatisfy(problem -> assertThat(problem).startsWith("job.reload.flie: unknown"))
                .anySatisfy(
                        problem ->
                                assertThat(problem).startsWith("streams.orders.evnt-id: unknown"));
    }

    @Test
    void another_file_may_tell_where_it_is_in_its_own_way() throws Exception {
        JobDefinition definition = JobDefinition.load(write(YAML));
        Path other = Files.createDirectory(folder.resolve("live")).resolve("webhooks.yaml");
        Files.writeString(other, YAML);

        assertThat(reloaded(definition, other, new Configuration()).read().problems()).isEmpty();
    }

    @Test
    void a_stream_that_the_job_names_cannot_go() throws Exception {
        String named = YAML.replace("dedup.ttl: 7 d", "dedup.changing-bodies: [orders]");
        ReloadedFile reloaded =
                reloaded(
                        JobDefinition.load(write(named)),
                        folder.resolve("webhooks.yaml"),
                        new Configuration());
        write(named.replace("orders:", "invoices:"));

        assertThat(reloaded.read().problems())
                .containsExactly("job.dedup.changing-bodies: orders (expected: any of invoices)");
    }

    @Test
    void a_file_that_is_gone_is_told_by_its_exception() throws Exception {
        ReloadedFile reloaded = reloaded(new Configuration());
        Files.delete(folder.resolve("webhooks.yaml"));

        assertThatThrownBy(reloaded::read).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void the_source_reads_again_only_where_a_file_is_named() throws Exception {
        assertThat(JobDefinition.load(write(YAML)).settings().reloadFile())
                .contains(folder.resolve("webhooks.yaml").toString());
        assertThat(
                        JobDefinition.load(
                                        write(YAML.replace("  reload.file: webhooks.yaml\n", "")))
                                .settings()
                                .reloadFile())
                .isEmpty();
    }

    private ReloadedFile reloaded(Configuration chosen) throws IOException {
        return reloaded(JobDefinition.load(write(YAML)), folder.resolve("webhooks.yaml"), chosen);
    }

    private static ReloadedFile reloaded(
            JobDefinition definition, Path path, Configuration chosen) {
        ConfigurationFile file = definition.file();
        return new ReloadedFile(path.toString(), file.job(), file.listener(), chosen);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("webhooks.yaml"), yaml);
    }

    private static ReloadedFile throughTheJobGraph(ReloadedFile file) throws Exception {
        return InstantiationUtil.clone(file);
    }
}
