/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.InvalidSettingsException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JobSettingsCheckTest {

    private static final ConfigOption<Duration> IDLE =
            CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG;

    private final SourceSettings source =
            SettingsResolver.resolve(
                    "webhooks",
                    new Configuration(),
                    new Configuration(),
                    Map.of(
                            "orders",
                            Configuration.fromMap(
                                    Map.of(
                                            "path", "/in/orders",
                                            "auth.type", "none",
                                            "event-id", "none",
                                            "answer-deadline", "3 s"))),
                    List.of());

    @Test
    void settings_that_keep_the_promise_pass() {
        assertThatCode(() -> check(promising())).doesNotThrowAnyException();
    }

    @Test
    void without_checkpoints_nothing_would_ever_be_answered() {
        assertThatThrownBy(() -> check(new Configuration()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("execution.checkpointing.interval: not set");
    }

    @Test
    void flinks_own_defaults_are_all_refused_together() {
        Configuration defaults = new Configuration();
        defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        defaults.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.AT_LEAST_ONCE);

        assertThat(JobSettingsCheck.problems(environment(defaults), source))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "execution.checkpointing.interval: 10000 ms"
                                                        + " (expected: with source.expected-checkpoint-duration,"
                                                        + " 500 ms, less than the answer-deadline of stream orders,"
                                                        + " which is 3000 ms; as it is, a delivery waits for up to"
                                                        + " 10500 ms, and about 75 % of them are answered 503)"),
                        p -> assertThat(p).startsWith("execution.checkpointing.dir: not set"),
                        p ->
                                assertThat(p)
                                        .startsWith("execution.checkpointing.mode: AT_LEAST_ONCE"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "execution.checkpointing.externalized-checkpoint-retention:"
                                                        + " NO_EXTERNALIZED_CHECKPOINTS"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "execution.checkpointing.unaligned.enabled: false"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "execution.checkpointing.tolerable-failed-checkpoints: 0"));
    }

    @Test
    void with_high_availability_one_retained_checkpoint_is_not_enough() {
        Configuration cluster = new Configuration();
        cluster.set(HighAvailabilityOptions.HA_MODE, "zookeeper");

        assertThat(JobSettingsCheck.onTheCluster(cluster))
                .singleElement()
                .asString()
                .startsWith(
                        "execution.checkpointing.num-retained: 1 (expected: in the cluster's"
                                + " configuration at least 2,");

        cluster.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
        assertThat(JobSettingsCheck.onTheCluster(cluster)).isEmpty();
        assertThat(JobSettingsCheck.onTheCluster(new Configuration())).isEmpty();
    }

    @Test
    void a_checkpoint_takes_its_time_too_and_each_stream_is_told() {
        Configuration slow = promising();
        slow.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(7_700));
        SourceSettings vendors =
                source(Map.of(), stream("github", Map.of()), stream("aws-sns", Map.of()));

        assertThatThrownBy(() -> JobSettingsCheck.check(environment(slow), vendors))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "execution.checkpointing.interval: 7700 ms (expected: with"
                                + " source.expected-checkpoint-duration, 500 ms, less than the"
                                + " answer-deadline of stream github, which is 8000 ms; as it is, a"
                                + " delivery waits for up to 8200 ms, and about 3 % of them are"
                                + " answered 503, which github does not send again)")
                .hasMessageNotContaining("sns");
    }

    @Test
    void a_pause_between_checkpoints_counts() {
        Configuration paused = promising();
        paused.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofSeconds(3));

        assertThatThrownBy(() -> check(paused))
                .hasMessageContaining(
                        "500 ms, and execution.checkpointing.min-pause, 3000 ms, less than the"
                                + " answer-deadline of stream orders, which is 3000 ms; as it is, a"
                                + " delivery waits for up to 4000 ms");
    }

    @Test
    void the_time_for_which_a_full_queue_puts_off_reading_counts() {
        Map<String, String> putOff = Map.of("queue.max-wait", "1 s");
        SourceSettings late = source(Map.of(), stream("slack", putOff));
        Configuration job = promising();

        assertThatThrownBy(() -> JobSettingsCheck.check(environment(job), late))
                .hasMessageContaining(
                        "streams.slack.queue.max-wait: 1000 ms (expected: with"
                                + " execution.checkpointing.interval, 1000 ms, and"
                                + " source.expected-checkpoint-duration, 500 ms, less than the"
                                + " answer-deadline, which is 2400 ms; as it is, a delivery that is"
                                + " put off while the queue is full waits for up to 2500 ms, and"
                                + " about 10 % of these are answered 503)");
        for (Map<String, String> inTime :
                List.of(
                        Map.of("queue.max-wait", "899 ms"),
                        Map.of("queue.max-wait", "1 s", "queue.max-waiting", "0"),
                        Map.of("queue.max-wait", "1 s", "policy", "reject"),
                        Map.of("queue.max-wait", "1 s", "tier", "accept"))) {
            SourceSettings settings = source(Map.of(), stream("slack", inTime));
            assertThat(JobSettingsCheck.problems(environment(job), settings)).isEmpty();
        }
    }

    @Test
    void a_vendor_that_gives_up_before_a_delivery_was_put_off_for_long_enough_counts() {
        SourceSettings patient =
                source(
                        Map.of(),
                        stream(
                                "github",
                                Map.of("answer-deadline", "1 min", "queue.max-wait", "9 s")));

        assertThatThrownBy(() -> JobSettingsCheck.check(environment(promising()), patient))
                .hasMessageContaining("less than the vendor-deadline, which is 10000 ms;")
                .hasMessageContaining(
                        "waits for up to 10500 ms, and about 50 % of these are given up by it,"
                                + " which github does not send again)");
    }

    @Test
    void a_vendor_that_gives_up_before_the_answer_counts() {
        SourceSettings patient =
                source(Map.of(), stream("slack", Map.of("answer-deadline", "1 min")));
        Configuration slow = promising();
        slow.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));

        assertThatThrownBy(() -> JobSettingsCheck.check(environment(slow), patient))
                .hasMessageContaining(
                        "less than the vendor-deadline of stream slack, which is 3000")
                .hasMessageContaining("about 75 % of them are given up by it");
    }

    @Test
    void whoever_chooses_so_is_only_warned_or_told_nothing() {
        Configuration slow = promising();
        slow.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));

        for (String choice : List.of("warn", "off")) {
            SourceSettings settings =
                    source(Map.of("deadline-check", choice), stream("slack", Map.of()));
            assertThatCode(() -> JobSettingsCheck.check(environment(slow), settings))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void checkpoints_on_demand_need_a_longer_interval_for_when_nobody_waits() {
        SourceSettings onDemand =
                source(Map.of("cadence.on-demand", "true"), stream("slack", Map.of()));
        Configuration job = promising();
        String key = "execution.checkpointing.interval-during-backlog: ";
        String expected =
                " (expected: more than execution.checkpointing.interval, which is 1000 ms, since"
                        + " source.cadence.on-demand is true)";

        assertThatThrownBy(() -> JobSettingsCheck.check(environment(job), onDemand))
                .hasMessageContaining(key + "not set" + expected);
        for (int millis : List.of(0, 500, 1_000)) {
            job.set(IDLE, Duration.ofMillis(millis));
            assertThatThrownBy(() -> JobSettingsCheck.check(environment(job), onDemand))
                    .hasMessageContaining(key + millis + " ms" + expected);
        }
        job.set(IDLE, Duration.ofMillis(1_001));
        assertThatCode(() -> JobSettingsCheck.check(environment(job), onDemand))
                .doesNotThrowAnyException();
    }

    @Test
    void what_is_answered_on_append_waits_for_no_checkpoint() {
        SourceSettings accepting = source(Map.of(), stream("slack", Map.of("tier", "accept")));
        Configuration slow = promising();
        slow.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));

        assertThatCode(() -> JobSettingsCheck.check(environment(slow), accepting))
                .doesNotThrowAnyException();
    }

    @Test
    void the_heap_of_the_job_manager_is_not_durable() {
        Configuration heap = promising();
        heap.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");

        assertThatThrownBy(() -> check(heap))
                .hasMessageContaining("execution.checkpointing.storage: jobmanager");
    }

    private void check(Configuration configuration) {
        JobSettingsCheck.check(environment(configuration), source);
    }

    @SafeVarargs
    private static SourceSettings source(
            Map<String, String> source, Map<String, String>... streams) {
        Map<String, Configuration> all = new LinkedHashMap<>();
        for (Map<String, String> stream : streams) {
            all.put(stream.get("auth.type"), Configuration.fromMap(stream));
        }
        return SettingsResolver.resolve(
                "webhooks", new Configuration(), Configuration.fromMap(source), all, List.of());
    }

    private static Map<String, String> stream(String vendor, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("path", "/in/" + vendor);
        options.put("auth.type", vendor);
        if (vendor.equals("aws-sns")) {
            options.put("auth.topics", "arn:aws:sns:eu-west-1:123456789012:events");
        } else {
            options.put("auth.secrets", "env:SECRET");
        }
        return options;
    }

    private static StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    private static Configuration promising() {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///tmp/checkpoints");
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return settings;
    }
}
