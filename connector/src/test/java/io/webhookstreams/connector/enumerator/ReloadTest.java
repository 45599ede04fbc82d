/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.LifecycleOptions;
import io.webhookstreams.connector.LifecycleOptions.State;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.SourceConfiguration;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.ReloadSettings;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.http.CapturedLog;
import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.annotation.Nullable;

class ReloadTest {

    private static final int LANES = 4;
    private static final String REFERENCE_TO_SECRET = "file:/run/secrets/orders";
    private static final String LITERAL_SECRET = "no-reference-but-the-secret-itself";

    /** What the file says, as the test writes it. */
    private final Configuration listener = new Configuration();

    private final Configuration source = new Configuration();
    private final Map<String, Configuration> streams = new LinkedHashMap<>();
    private final List<String> yamlProblems = new ArrayList<>();
    private boolean readable = true;
    private final List<Job> jobs = new ArrayList<>();
    private int checkpoints;
    private ReloadSettings settings;

    /** Null: the job's checkpoints are not known. */
    @Nullable private Duration checkpointInterval;

    @AfterEach
    void close() {
        jobs.forEach(job -> job.enumerator.close());
    }

    @Test
    void a_change_brings_the_next_checkpoint_forward_where_nobody_else_waits() throws Exception {
        stream("orders");
        Job job = new Job(null);
        for (int subtask = 0; subtask < 2; subtask++) {
            job.enumerator.handleSourceEvent(subtask, new CheckpointDemand(1, false));
        }
        job.rare.clear();
        stream("invoices");

        job.readTwice();
        assertThat(job.rare).containsExactly(false);
        job.checkpoint();
        assertThat(job.rare).containsExactly(false, true);
    }

    @Test
    void a_reader_that_says_hello_is_told_the_configuration_before_it_may_admit() throws Exception {
        stream("orders");
        Job job = new Job(null);

        job.hello(0);

        assertThat(job.eventsOf(0)).hasSize(2);
        assertThat(job.eventsOf(0).get(1)).isInstanceOf(OwnershipGrant.class);
        ConfigurationUpdate update = (ConfigurationUpdate) job.eventsOf(0).get(0);
        assertThat(update.number()).isEqualTo(1);
        assertThat(update.streams()).extracting(StreamSettings::name).containsExactly("orders");
    }

    @Test
    void a_change_is_sent_to_every_reader_when_a_checkpoint_that_holds_it_has_completed()
            throws Exception {
        stream("orders");
        Job job = new Job(null);
        job.hello(0);
        job.hello(1);
        stream("invoices");
        stream("orders").set(LifecycleOptions.STATE, State.PAUSED);
        job.readTwice();
        assertThat(job.numbersToldTo(0)).containsExactly(1L);

        job.checkpoint();

        assertThat(job.numbersToldTo(0)).containsExactly(1L, 2L);
        assertThat(job.numbersToldTo(1)).containsExactly(1L, 2L);
        assertThat(job.newestToldTo(0).streams())
                .extracting(StreamSettings::name, StreamSettings::state)
                .containsExactlyInAnyOrder(
                        tuple("orders", State.PAUSED), tuple("invoices", State.ACTIVE));
    }

    @Test
    void what_no_checkpoint_holds_yet_is_not_told_to_a_reader_that_comes() throws Exception {
        stream("orders");
        Job job = new Job(null);
        stream("invoices");
        job.readTwice();

        job.hello(0);

        assertThat(job.numbersToldTo(0)).containsExactly(1L);
    }

    @Test
    void the_completion_of_a_checkpoint_from_before_the_change_puts_nothing_in_force()
            throws Exception {
        stream("orders");
        Job job = new Job(null);
        job.hello(0);
        job.enumerator.snapshotState(1);
        stream("invoices");
        job.readTwice();

        job.enumerator.notifyCheckpointComplete(1);
        assertThat(job.numbersToldTo(0)).containsExactly(1L);

        job.enumerator.snapshotState(2);
        job.enumerator.snapshotState(3);
        job.enumerator.notifyCheckpointComplete(3);
        assertThat(job.numbersToldTo(0)).containsExactly(1L, 2L);
    }

    @Test
    void a_change_of_a_change_waits_for_a_checkpoint_of_its_own() throws Exception {
        stream("orders");
        Job job = new Job(null);
        job.hello(0);
        stream("invoices");
        job.readTwice();
        job.enumerator.snapshotState(1);
        stream("refunds");
        job.readTwice();

        job.enumerator.notifyCheckpointComplete(1);
        assertThat(job.numbersToldTo(0)).containsExactly(1L);

        job.enumerator.snapshotState(2);
        job.enumerator.notifyCheckpointComplete(2);
        assertThat(job.numbersToldTo(0)).containsExactly(1L, 3L);
    }

    @Test
    void a_file_that_is_being_written_is_not_taken_for_a_change() throws Exception {
        stream("orders");
        stream("invoices");
        Job job = new Job(null);
        job.hello(0);
        Configuration invoices = streams.remove("invoices");
        job.read();
        streams.put("invoices", invoices);

        job.readTwice();
        job.checkpoint();

        assertThat(job.numbersToldTo(0)).containsExactly(1L);
    }

    @Test
    void a_bad_configuration_is_refused_with_all_problems_and_the_old_one_stays() throws Exception {
        stream("orders");
        Job job = new Job(null);
        job.hello(0);
        listener.set(ListenerOptions.PORT, "9090");
        listener.set(ListenerOptions.TLS, ListenerOptions.Tls.TERMINATED_UPSTREAM);
        source.set(SourceOptions.LANES, 8);
        stream("orders").set(StreamOptions.AUTH_SECRETS, List.of(LITERAL_SECRET));
        stream("invoices").removeConfig(StreamOptions.PATH);
        yamlProblems.add("streams.invoices.pth: unknown (expected: path)");

        Reading reading = Reading.of(settings);
        job.readTwice();
        job.checkpoint();

        assertThat(reading.problems())
                .contains(
                        "listener.port: 9090 (expected: 8080, as when the job was started; a restart changes it)",
                        "listener.tls.mode: terminated-upstream (expected: none, as when the job was started; a restart changes it)",
                        "source.lanes: 8 (expected: 4, as when the job was started; a restart changes it)",
                        "streams.invoices.pth: unknown (expected: path)",
                        "streams.invoices.path: missing (expected: the path of the ingest URL, such as /in/invoices)")
                .anySatisfy(
                        problem ->
                                assertThat(problem).startsWith("streams.orders.auth.secrets: ***"))
                .noneSatisfy(problem -> assertThat(problem).contains(LITERAL_SECRET));
        assertThat(job.numbersToldTo(0)).containsExactly(1L);
        assertThat(job.enumerator.snapshotState(9).configuration().number()).isEqualTo(1);
    }

    @Test
    void a_deadline_that_the_jobs_checkpoints_do_not_fit_is_refused() throws Exception {
        stream("orders");
        Job job = new Job(null);
        stream("orders").set(StreamOptions.ANSWER_DEADLINE, Duration.ofSeconds(2));

        assertThat(readWithCheckpointsEvery(Duration.ofSeconds(3)).problems())
                .singleElement()
                .asString()
                .contains("3000 ms", "answer-deadline of stream orders, which is 2000 ms");
        assertThat(readWithCheckpointsEvery(Duration.ofMillis(10)).isGood()).isTrue();
        assertThat(job.enumerator.snapshotState(1).configuration().number()).isEqualTo(1);
    }

    @Test
    void what_a_new_or_changed_stream_loses_is_warned_of_once_and_what_stays_is_not()
            throws Exception {
        checkpointInterval = Duration.ofSeconds(3);
        source.set(CheckpointOptions.DEADLINE_CHECK, DeadlineCheck.WARN);
        stream("stays").setString("tier", "accept");
        stream("changes");
        Job job = new Job(null);
        stream("changes").setString("tier", "accept");
        stream("comes")
                .set(StreamOptions.AUTH_TYPE, "github")
                .set(PolicyOptions.POLICY, PolicyOptions.Policy.REJECT);
        stream("hasty").set(StreamOptions.ANSWER_DEADLINE, Duration.ofSeconds(2));

        try (CapturedLog log = new CapturedLog()) {
            job.readTwice();
            job.readTwice();
            job.checkpoint();

            assertThat(log.lines())
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("streams.changes.tier: accept"),
                            line ->
                                    assertThat(line)
                                            .contains("streams.comes.policy: reject", "GitHub"),
                            line -> assertThat(line).contains("answer-deadline of stream hasty"));
        }
    }

    @Test
    void a_ledger_that_the_schema_cannot_write_is_refused() throws Exception {
        stream("orders")
                .set(PolicyOptions.POLICY, PolicyOptions.Policy.SHED)
                .set(PolicyOptions.SHED_BUDGET, 0.1)
                .set(PolicyOptions.SHED_LEDGER, true);

        assertThat(readWithLedgers(false).problems())
                .singleElement()
                .asString()
                .contains("streams.orders.shed.ledger: true (expected: false with");
        assertThat(readWithLedgers(true).isGood()).isTrue();
    }

    private Reading readWithLedgers(boolean emitsShed) throws IOException {
        return Reading.of(
                new ReloadSettings(
                        this::file, Duration.ofSeconds(1), file(), emitsShed, null, null));
    }

    private Reading readWithCheckpointsEvery(Duration interval) throws IOException {
        return Reading.of(
                new ReloadSettings(this::file, interval, file(), true, interval, Duration.ZERO));
    }

    @Test
    void a_file_that_cannot_be_read_changes_nothing() throws Exception {
        stream("orders");
        Job job = new Job(null);
        job.hello(0);
        readable = false;
        job.readTwice();
        readable = true;
        stream("invoices");

        job.readTwice();
        job.checkpoint();

        assertThat(job.numbersToldTo(0)).containsExactly(1L, 2L);
    }

    @Test
    void a_restored_version_wins_over_what_the_job_was_submitted_with_until_the_file_says_more()
            throws Exception {
        stream("orders");
        Job before = new Job(null);
        stream("invoices");
        before.readTwice();
        WebhookEnumState state = before.checkpoint();
        streams.remove("invoices");

        before.enumerator.close();
        Job after = new Job(throughSerializer(state));
        after.hello(0);
        assertThat(after.newestToldTo(0).number()).isEqualTo(2);
        assertThat(after.newestToldTo(0).streams()).hasSize(2);

        after.readTwice();
        after.checkpoint();
        assertThat(after.newestToldTo(0).number()).isEqualTo(3);
        assertThat(after.newestToldTo(0).streams()).hasSize(1);
    }

    @Test
    void a_restored_version_that_does_not_fit_the_job_any_more_yields_to_what_was_submitted()
            throws Exception {
        WebhookEnumState state =
                new WebhookEnumState(
                        LANES,
                        new BitSet(),
                        0,
                        new ConfigurationVersion(
                                6, Map.of("old", Map.of("path", "/in/old", "of-long-ago", "x"))));
        stream("orders");

        Job job = new Job(state);
        job.hello(0);

        assertThat(job.newestToldTo(0).number()).isEqualTo(7);
        assertThat(job.newestToldTo(0).streams())
                .extracting(StreamSettings::name)
                .containsExactly("orders");
    }

    @Test
    void options_are_the_same_after_they_were_text() throws Exception {
        stream("orders")
                .set(StreamOptions.AUTH_TYPE, "jwt")
                .set(JwtOptions.JWKS, "file:/run/keys;with,odd: [names]")
                .set(JwtOptions.ALGORITHMS, List.of("RS256", "ES256"))
                .set(JwtOptions.ISSUER, "https://issuer.example/a#b")
                .set(JwtOptions.AUDIENCE, List.of("us: 'and' \"them\"", "b,c;d"))
                .set(StreamOptions.METHODS, List.of("POST", "PUT"));
        stream("orders").removeConfig(StreamOptions.AUTH_SECRETS);
        List<StreamSettings> direct =
                SettingsResolver.resolve("x", listener, source, streams, List.of()).streams();

        Job job = new Job(null);

        assertThat(settings.streams(settings.startedWith())).isEqualTo(direct);
        assertThat(throughSerializer(job.checkpoint()).configuration().streams())
                .isEqualTo(settings.startedWith());
    }

    /** Or a stream that has not changed would lose what is known of it. */
    @ParameterizedTest
    @ValueSource(strings = {"github", "stripe", "slack", "standard-webhooks-ed25519", "plaid"})
    void what_readers_are_told_equals_what_was_sent(String type) throws Exception {
        stream("orders").set(StreamOptions.AUTH_TYPE, type);
        if (type.equals("plaid")) {
            stream("orders").set(JwtOptions.JWKS, "file:/run/keys");
            stream("orders").removeConfig(StreamOptions.AUTH_SECRETS);
        }
        Job job = new Job(null);
        job.hello(0);

        assertThat(InstantiationUtil.clone(job.newestToldTo(0))).isEqualTo(job.newestToldTo(0));
    }

    private static WebhookEnumState throughSerializer(WebhookEnumState state) throws IOException {
        WebhookEnumStateSerializer serializer = WebhookEnumStateSerializer.INSTANCE;
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }

    /** A stream of the file; complete, until the test changes it. */
    private Configuration stream(String name) {
        return streams.computeIfAbsent(
                name,
                added ->
                        new Configuration()
                                .set(StreamOptions.PATH, "/in/" + name)
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(StreamOptions.AUTH_SECRETS, List.of(REFERENCE_TO_SECRET))
                                .set(StreamOptions.EVENT_ID, "json:/id"));
    }

    private SourceConfiguration file() throws IOException {
        if (!readable) {
            throw new IOException("no such file");
        }
        Map<String, Configuration> copy = new LinkedHashMap<>();
        streams.forEach((name, options) -> copy.put(name, new Configuration(options)));
        return new SourceConfiguration(
                new Configuration(listener), new Configuration(source), copy, yamlProblems);
    }

    /** An enumerator that has started, with two readers that Flink knows. */
    private final class Job {
        final TestingSplitEnumeratorContext<LaneSplit> context =
                new TestingSplitEnumeratorContext<>(2);
        final WebhookEnumerator enumerator;
        final List<Boolean> rare = new ArrayList<>();

        Job(WebhookEnumState restored) throws IOException {
            source.set(SourceOptions.LANES, LANES);
            settings =
                    new ReloadSettings(
                            ReloadTest.this::file,
                            Duration.ofSeconds(1),
                            file(),
                            true,
                            checkpointInterval,
                            Duration.ZERO);
            WebhookEnumState state = restored == null ? WebhookEnumState.fresh(LANES) : restored;
            enumerator =
                    new WebhookEnumerator(
                            context,
                            LANES,
                            settings,
                            state,
                            () -> 1,
                            () -> Cadence.join("reload-test", true, rare::add));
            enumerator.start();
            jobs.add(this);
            context.registerReader(0, "host");
            context.registerReader(1, "host");
        }

        void hello(int subtask) {
            enumerator.handleSourceEvent(subtask, new ReaderHello(1, List.of(), "http://x"));
        }

        void read() {
            context.triggerAllActions();
        }

        void readTwice() {
            read();
            read();
        }

        WebhookEnumState checkpoint() {
            WebhookEnumState state = enumerator.snapshotState(++checkpoints);
            enumerator.notifyCheckpointComplete(checkpoints);
            return state;
        }

        List<SourceEvent> eventsOf(int subtask) {
            return context.getSentEvents().getOrDefault(subtask, List.of());
        }

        List<Long> numbersToldTo(int subtask) {
            return updates(subtask).stream().map(ConfigurationUpdate::number).toList();
        }

        ConfigurationUpdate newestToldTo(int subtask) {
            List<ConfigurationUpdate> all = updates(subtask);
            return all.get(all.size() - 1);
        }

        private List<ConfigurationUpdate> updates(int subtask) {
            return eventsOf(subtask).stream()
                    .filter(ConfigurationUpdate.class::isInstance)
                    .map(ConfigurationUpdate.class::cast)
                    .toList();
        }
    }
}
