/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What the stages with state remember, each in {@code golden/STAGE-v1.state}: the names, types and
 * keys of the state, the digest of a body. A file that is missing is written, and the test fails
 * once; one that is there is never written again.
 */
class GoldenOperatorsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    private static final OutputTag<LateEvent> LATE =
            new OutputTag<>("late", TypeInformation.of(LateEvent.class));

    private KeyedOneInputStreamOperatorTestHarness<?, ?, ?> open;

    @AfterEach
    void close() throws Exception {
        open.close();
    }

    @Test
    void an_event_seen_in_version_1_is_a_duplicate_and_another_body_a_conflict() throws Exception {
        WebhookDelivery seen = aDelivery().ofEvent("evt_1").withBody("{\"id\":1}").build();
        WebhookDelivery other = aDelivery().ofEvent("evt_1").withBody("{\"id\":2}").build();
        WebhookDelivery fresh = aDelivery().ofEvent("evt_2").withBody("{\"id\":1}").build();
        Path golden = golden("Deduplicate-v1.state");
        if (Files.notExists(golden)) {
            var stage = opened(deduplication());
            stage.setStateTtlProcessingTime(0);
            stage.processElement(seen, 0);
            write(stage.snapshot(1, 0), golden);
        }

        var stage = restored(deduplication(), golden);
        stage.setStateTtlProcessingTime(0);
        stage.processElement(seen, 0);
        stage.processElement(other, 0);
        stage.processElement(fresh, 0);

        assertThat(stage.extractOutputValues()).containsExactly(fresh);
        assertThat(stage.getSideOutput(DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void a_window_open_in_version_1_counts_on_and_a_closed_one_stays_closed() throws Exception {
        Path golden = golden("CountInWindows-v1.state");
        if (Files.notExists(golden)) {
            var stage = opened(counting());
            stage.processElement(eventAt(5), 5_000);
            stage.processWatermark(69_999);
            stage.processElement(eventAt(65), 65_000);
            write(stage.snapshot(1, 0), golden);
        }

        var stage = restored(counting(), golden);
        stage.processElement(eventAt(6), 6_000);
        stage.processElement(eventAt(66), 66_000);
        stage.processWatermark(129_999);

        assertThat(stage.extractOutputValues())
                .containsExactly(
                        new WindowCount(
                                new CountKey("orders", "order.created"),
                                new Window(60_000, 120_000),
                                2,
                                WindowCount.ClosedBy.WATERMARK));
        assertThat(stage.getSideOutput(LATE)).hasSize(1);
    }

    private <S extends KeyedOneInputStreamOperatorTestHarness<?, ?, ?>> S opened(S stage)
            throws Exception {
        open = stage;
        stage.open();
        return stage;
    }

    private <S extends KeyedOneInputStreamOperatorTestHarness<?, ?, ?>> S restored(
            S stage, Path golden) throws Exception {
        stage.initializeState(OperatorSnapshotUtil.readStateHandle(golden.toString()));
        return opened(stage);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, WebhookDelivery, WebhookDelivery>
            deduplication() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new Deduplicate(
                                Duration.ofDays(7), Set.of(), Set.of(), Set.of(), DEAD_LETTERS)),
                new EventKey(),
                Types.STRING);
    }

    /** Windows of 60 s, open 10 s longer. */
    private static KeyedOneInputStreamOperatorTestHarness<CountKey, CountedEvent, WindowCount>
            counting() throws Exception {
        WindowSettings settings =
                new WindowSettings(
                        Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CountInWindows(settings, LATE)),
                CountedEvent::key,
                TypeInformation.of(CountKey.class));
    }

    private static CountedEvent eventAt(long second) {
        return new CountedEvent(
                "orders", "order.created", "d-" + second, "e-" + second, second * 1_000, 0);
    }

    private static Path golden(String name) {
        return GOLDEN.resolve(name);
    }

    private static void write(OperatorSubtaskState state, Path golden) throws Exception {
        OperatorSnapshotUtil.writeStateHandle(state, golden.toString());
        throw new AssertionError(golden + ": missing (expected: in the repository), now written");
    }
}
