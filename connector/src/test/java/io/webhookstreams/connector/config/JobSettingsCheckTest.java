/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.InvalidSettingsException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class JobSettingsCheckTest {

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
                                                        + " (expected: less than the answer-deadline of"
                                                        + " stream orders, which is 3000 ms)"),
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
    void the_heap_of_the_job_manager_is_not_durable() {
        Configuration heap = promising();
        heap.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");

        assertThatThrownBy(() -> check(heap))
                .hasMessageContaining("execution.checkpointing.storage: jobmanager");
    }

    private void check(Configuration configuration) {
        JobSettingsCheck.check(environment(configuration), source);
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
