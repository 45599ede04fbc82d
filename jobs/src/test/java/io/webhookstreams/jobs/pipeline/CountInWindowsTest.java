/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;

/** Windows of 60 s, open 10 s longer, closed by the clock after 30 quiet seconds. */
class CountInWindowsTest {

    private static final OutputTag<LateEvent> LATE =
            new OutputTag<>("late", TypeInformation.of(LateEvent.class));
    private static final WindowSettings SETTINGS =
            new WindowSettings(
                    Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));

    private KeyedOneInputStreamOperatorTestHarness<CountKey, CountedEvent, WindowCount> stage;

    @BeforeEach
    void open() throws Exception {
        stage = aStage();
        stage.open();
        clockIsAt(1);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void a_window_is_counted_once_when_the_watermark_has_passed_its_end_and_lateness()
            throws Exception {
        eventsAt(5, 59, 61);
        watermarkIsAt(69);
        assertThat(counts()).isEmpty();

        watermarkIsAt(70);
        assertThat(counts()).containsExactly(count(0, 2, WindowCount.ClosedBy.WATERMARK));
        watermarkIsAt(130);
        assertThat(counts())
                .containsExactly(
                        count(0, 2, WindowCount.ClosedBy.WATERMARK),
                        count(60, 1, WindowCount.ClosedBy.WATERMARK));
    }

    @Test
    void events_out_of_order_and_within_lateness_are_counted() throws Exception {
        eventsAt(70, 5);
        watermarkIsAt(69);
        eventsAt(6);
        watermarkIsAt(70);

        assertThat(counts()).containsExactly(count(0, 2, WindowCount.ClosedBy.WATERMARK));
        assertThat(late()).isEmpty();
    }

    @Test
    void an_event_of_a_window_that_the_watermark_closed_is_late() throws Exception {
        eventsAt(5);
        watermarkIsAt(70);
        eventsAt(6);
        watermarkIsAt(200);

        assertThat(counts()).hasSize(1);
        assertThat(late()).extracting(LateEvent::window).containsExactly(new Window(0, 60_000));
    }

    @Test
    void each_type_has_windows_of_its_own_and_an_unknown_type_is_one() throws Exception {
        stage.processElement(event("order.created", 5), 0);
        stage.processElement(event(null, 5), 0);
        watermarkIsAt(70);

        assertThat(counts())
                .extracting(WindowCount::key)
                .containsExactlyInAnyOrder(
                        new CountKey("orders", "order.created"), new CountKey("orders", null));
    }

    @Test
    void the_clock_closes_a_window_that_is_quiet_after_its_end_and_lateness() throws Exception {
        clockIsAt(20);
        eventsAt(5);
        clockIsAt(99);
        assertThat(counts()).isEmpty();

        clockIsAt(100);
        assertThat(counts()).containsExactly(count(0, 1, WindowCount.ClosedBy.CLOCK));
    }

    @Test
    void an_event_gives_its_window_another_idle_timeout() throws Exception {
        clockIsAt(90);
        eventsAt(5);
        clockIsAt(110);
        eventsAt(6);
        clockIsAt(139);
        assertThat(counts()).isEmpty();

        clockIsAt(140);
        assertThat(counts()).containsExactly(count(0, 2, WindowCount.ClosedBy.CLOCK));
    }

    @Test
    void an_event_of_a_window_that_the_clock_closed_is_late() throws Exception {
        eventsAt(5);
        clockIsAt(100);
        eventsAt(6);
        watermarkIsAt(70);
        eventsAt(7);

        assertThat(counts()).hasSize(1);
        assertThat(late()).hasSize(2);
    }

    @Test
    void what_the_clock_closed_is_forgotten_once_the_watermark_has_followed() throws Exception {
        eventsAt(5);
        clockIsAt(100);
        assertThat(stage.numKeyedStateEntries()).isPositive();

        watermarkIsAt(70);
        assertThat(stage.numKeyedStateEntries()).isZero();
        assertThat(stage.numEventTimeTimers()).isZero();
        assertThat(stage.numProcessingTimeTimers()).isZero();
    }

    @Test
    void a_restored_stage_counts_on() throws Exception {
        eventsAt(5);
        restore();
        eventsAt(6);
        watermarkIsAt(70);

        assertThat(counts()).containsExactly(count(0, 2, WindowCount.ClosedBy.WATERMARK));
    }

    @Test
    void a_restore_opens_no_window_again_that_the_watermark_closed() throws Exception {
        eventsAt(5);
        watermarkIsAt(70);
        restore();
        eventsAt(6);
        watermarkIsAt(200);

        assertThat(counts()).isEmpty();
        assertThat(late()).hasSize(1);
    }

    @Test
    void a_restore_opens_no_window_again_that_the_clock_closed() throws Exception {
        eventsAt(5);
        clockIsAt(100);
        restore();
        eventsAt(6);
        watermarkIsAt(200);

        assertThat(counts()).isEmpty();
        assertThat(late()).hasSize(1);
    }

    @Test
    void the_highest_watermark_survives_restores_without_events() throws Exception {
        eventsAt(5);
        watermarkIsAt(70);
        restore();
        restore();
        eventsAt(6);

        assertThat(late()).hasSize(1);
    }

    @Test
    void a_drain_closes_every_window_and_what_resumes_after_it_opens_others_only()
            throws Exception {
        eventsAt(5);
        stage.processWatermark(Long.MAX_VALUE);
        assertThat(counts()).containsExactly(count(0, 1, WindowCount.ClosedBy.DRAIN));

        restore();
        eventsAt(6, 65);
        watermarkIsAt(130);
        assertThat(counts()).containsExactly(count(60, 1, WindowCount.ClosedBy.WATERMARK));
        assertThat(late()).hasSize(1);
    }

    @Test
    void after_a_restore_what_is_in_flight_has_an_idle_timeout_to_arrive() throws Exception {
        eventsAt(5);
        OperatorSubtaskState snapshot = stage.snapshot(1, 0);
        stage.close();
        stage = aStage();
        stage.setProcessingTime(seconds(10_000));
        stage.initializeState(snapshot);
        stage.open();
        clockIsAt(10_029);
        eventsAt(6);
        assertThat(counts()).isEmpty();

        clockIsAt(10_060);
        assertThat(counts()).containsExactly(count(0, 2, WindowCount.ClosedBy.CLOCK));
    }

    private void restore() throws Exception {
        OperatorSubtaskState snapshot = stage.snapshot(1, 0);
        stage.close();
        stage = aStage();
        stage.initializeState(snapshot);
        stage.open();
    }

    private static KeyedOneInputStreamOperatorTestHarness<CountKey, CountedEvent, WindowCount>
            aStage() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CountInWindows(SETTINGS, LATE)),
                CountedEvent::key,
                TypeInformation.of(CountKey.class));
    }

    private void eventsAt(long... seconds) throws Exception {
        for (long second : seconds) {
            stage.processElement(event("order.created", second), seconds(second));
        }
    }

    private static CountedEvent event(String type, long second) {
        return new CountedEvent("orders", type, "d-" + second, "e-" + second, seconds(second), 0);
    }

    /** The watermark says: nothing before this second is to come. */
    private void watermarkIsAt(long second) throws Exception {
        stage.processWatermark(seconds(second) - 1);
    }

    private void clockIsAt(long second) throws Exception {
        stage.setProcessingTime(seconds(second));
    }

    private List<WindowCount> counts() {
        return stage.extractOutputValues();
    }

    private List<LateEvent> late() {
        Queue<StreamRecord<LateEvent>> late = stage.getSideOutput(LATE);
        return late == null ? List.of() : late.stream().map(StreamRecord::getValue).toList();
    }

    private static WindowCount count(long startSecond, long count, WindowCount.ClosedBy by) {
        return new WindowCount(
                new CountKey("orders", "order.created"),
                new Window(seconds(startSecond), seconds(startSecond + 60)),
                count,
                by);
    }

    private static long seconds(long seconds) {
        return seconds * 1000;
    }
}
