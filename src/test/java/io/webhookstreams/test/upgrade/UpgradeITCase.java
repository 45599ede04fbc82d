/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.vendor.Event;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.planted.Batch;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A savepoint that an earlier version has taken is restored by this one, with all it holds. */
class UpgradeITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int NEW = 20;

    private static FlinkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = FlinkCluster.start(TestDirectory.of(UpgradeITCase.class, "cluster"), 1);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static List<StoredSavepoint> savepoints() throws IOException {
        return StoredSavepoint.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("savepoints")
    void a_savepoint_of_an_earlier_version_goes_on_where_it_stopped(StoredSavepoint from)
            throws Exception {
        Path directory = TestDirectory.of(UpgradeITCase.class, from.toString());
        WebhooksConfig config = StoredSavepoint.config(directory.resolve("job"));
        List<Event> stored = Batch.events("stored", 1, from.stored());
        List<Event> held = Batch.events("held", 1, from.held());
        List<Event> fresh = Batch.events("new", 1, NEW);

        String job = cluster.cli().run(submission(from, directory, config));
        new Health(config.health()).awaitReady();
        Batch batch = new Batch(config.endpoints("events"), new Journal());
        batch.post(stored);
        batch.post(held);
        batch.post(fresh);
        new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN).drain();
        cluster.cli().stopWithDrain(job);
        Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));

        List<Emitted> events = config.files("events/stream=events").events();
        assertThat(events)
                .as("what was remembered is a duplicate, what was queued comes out once")
                .extracting(Emitted::eventId)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(held.stream(), fresh.stream()).map(Event::id).toList());
        assertLanesGoOn(from.lastSequences(), events);
        List<JsonNode> counts = config.files("counts").lines();
        assertThat(counts).as("one window, open in the savepoint").hasSize(1);
        assertThat(counts.get(0).required("count").asInt())
                .isEqualTo(stored.size() + held.size() + fresh.size());
        assertThat(config.files("late").lines()).isEmpty();
        assertThat(config.files("dead-letters").lines()).isEmpty();
    }

    private static void assertLanesGoOn(Map<Integer, Long> last, List<Emitted> events) {
        assertThat(events)
                .as("sequences, after those of the savepoint: %s", last)
                .allMatch(event -> event.sequence() > last.getOrDefault(event.lane(), -1L));
        assertThat(events)
                .extracting(event -> event.lane() + " " + event.sequence())
                .doesNotHaveDuplicates();
    }

    private static Submission submission(
            StoredSavepoint from, Path directory, WebhooksConfig config) throws IOException {
        Path copy = from.copyTo(directory.resolve("savepoint"));
        return Submission.of(
                        Installation.ofThisBuild().jar(),
                        from.parallelism(),
                        "--config",
                        config.file().toString())
                .from(copy.toUri().toString());
    }
}
