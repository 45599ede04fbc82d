/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.jobs.Await;
import io.webhookstreams.jobs.TestJob;
import io.webhookstreams.jobs.config.JobDefinition;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The whole job with its real source, from a vendor's POST to the files. */
class EmbeddedFlinkITCase {

    private static final String TOKEN = "0123456789-not-a-secret-0123456789";
    private static final String LOOPBACK = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;
    private int port;
    private PatientVendor vendor;

    @BeforeEach
    void prepare() throws IOException {
        port = FreePort.firstOf(LOOPBACK, "0");
        Files.writeString(folder.resolve("token"), TOKEN);
        vendor = new PatientVendor(URI.create("http://127.0.0.1:" + port + "/in/orders"), TOKEN);
    }

    @Test
    void every_answered_event_is_in_the_files_once_across_a_stop_and_another_parallelism()
            throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            try (EmbeddedFlink flink = start(data, 1)) {
                deliverEvents(0, 20);
                deliverEvents(0, 20);
                vendor.deliver("{\"id\":\"evt-0\",\"other\":true}");
                vendor.deliver("no json");
                flink.stopWithSavepoint().get();
            }
            try (EmbeddedFlink flink = start(data, 3)) {
                deliverEvents(10, 40);
                Await.until("40 events in the files", () -> eventIds().size() >= 40);
                Await.until("2 dead letters", () -> deadLetters().size() >= 2);
                flink.stopWithSavepoint().get();
            }
        }
        assertThat(eventIds()).containsExactlyInAnyOrderElementsOf(ids(0, 40));
        assertThat(deadLetters())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("id_conflict"))
                .anySatisfy(line -> assertThat(line).contains("invalid_json"));
    }

    @Test
    void a_run_that_is_cut_off_loses_nothing_that_was_answered() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            for (int run = 0; run < 3; run++) {
                EmbeddedFlink flink = start(data, 2);
                deliverEvents(10 * run, 10 * run + 15);
                flink.close();
            }
            try (EmbeddedFlink flink = start(data, 2)) {
                assertThat(flink.ended()).isNotDone();
                Await.until("35 events in the files", () -> eventIds().size() >= 35);
            }
        }
        assertThat(eventIds()).containsExactlyInAnyOrderElementsOf(ids(0, 35));
    }

    @Test
    void the_clock_closes_the_windows_of_a_stream_that_has_gone_quiet() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"));
                EmbeddedFlink flink = start(data, 2)) {
            assertThat(flink.webUi().getHost()).isEqualTo(LOOPBACK);
            deliverEvents(0, 5);
            Await.until("5 events counted", () -> countedEvents() == 5);
        }
    }

    private EmbeddedFlink start(DataDirectory data, int parallelism) throws Exception {
        JobDefinition definition = JobDefinition.load(configuration(parallelism));
        StateDirectory state = data.currentState();
        return EmbeddedFlink.start(definition, state, data.emptyTemporary(), state.newest());
    }

    private Path configuration(int parallelism) throws IOException {
        return Files.writeString(
                folder.resolve("webhooks.yaml"),
                """
                listener: {port: %d, health.port: 0}
                streams:
                  orders:
                    path: /in/orders
                    auth: {type: bearer, secrets: ["file:token"]}
                    event-id: json:/id
                    event-type: json:/type
                job:
                  parallelism: %d
                  rest-port: 0
                  checkpoint-interval: 100 ms
                  files.roll-interval: 200 ms
                  windows: {size: 1 s, allowed-lateness: 0 s, idle-timeout: 1 s}
                """
                        .formatted(port, parallelism));
    }

    private void deliverEvents(int from, int to) throws Exception {
        for (String id : ids(from, to)) {
            vendor.deliver("{\"id\":\"%s\",\"type\":\"created\"}".formatted(id));
        }
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "evt-" + i).toList();
    }

    private List<String> eventIds() {
        return TestJob.lines(folder.resolve("data/output/events")).stream()
                .map(line -> field(line, "event_id"))
                .toList();
    }

    private List<String> deadLetters() {
        return TestJob.lines(folder.resolve("data/output/dead-letters"));
    }

    private int countedEvents() {
        return TestJob.lines(folder.resolve("data/output/counts")).stream()
                .mapToInt(line -> Integer.parseInt(field(line, "count")))
                .sum();
    }

    private static String field(String line, String name) {
        try {
            return JSON.readTree(line).required(name).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
