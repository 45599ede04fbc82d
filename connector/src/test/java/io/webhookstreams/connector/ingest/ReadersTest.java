/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.config.CheckpointSettings;
import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

class ReadersTest {

    private final AtomicLong clock = new AtomicLong(-7);
    private final FakeIntake left = new FakeIntake();
    private final FakeIntake right = new FakeIntake();
    private final Readers readers = new Readers(reader(0, 1, left), clock::get);

    @Test
    void keys_spread_over_the_lanes_of_all_readers_of_this_jvm() throws Exception {
        left.holds(0, 2, 4);
        right.holds(1, 3, 5);
        readers.add(reader(0, 1, left));
        readers.add(reader(1, 2, right));

        Map<Integer, Integer> deliveries = new HashMap<>();
        for (int i = 0; i < 6_000; i++) {
            Readers.Slot slot = readers.slotFor(("evt_" + i).hashCode());
            assertThat(slot.reader().intake().lanes()).contains(slot.lane());
            deliveries.merge(slot.lane(), 1, Integer::sum);
        }

        assertThat(deliveries).containsOnlyKeys(0, 1, 2, 3, 4, 5);
        assertThat(deliveries.values()).allSatisfy(n -> assertThat(n).isBetween(800, 1_200));
    }

    @Test
    void a_key_keeps_its_lane_while_the_lanes_stay() throws Exception {
        readers.add(reader(0, 1, left));
        int lane = readers.slotFor("customer-7".hashCode()).lane();

        for (int again : IntStream.range(0, 100).toArray()) {
            assertThat(readers.slotFor("customer-7".hashCode()).lane())
                    .as("%d", again)
                    .isEqualTo(lane);
        }
    }

    @Test
    void a_newer_attempt_replaces_the_older_and_an_older_one_does_not_come_back() throws Exception {
        Reader newer = reader(0, 2, right);
        readers.add(reader(0, 1, left));

        assertThat(readers.add(newer)).isTrue();
        assertThat(readers.add(reader(0, 1, left))).isFalse();

        assertThat(readers.slotFor(1).reader()).isSameAs(newer);
    }

    @Test
    void removing_the_replaced_attempt_leaves_the_newer_one() throws Exception {
        Reader older = reader(0, 1, left);
        Reader newer = reader(0, 2, right);
        readers.add(older);
        readers.add(newer);

        readers.remove(older);

        assertThat(readers.slotFor(1).reader()).isSameAs(newer);
    }

    @Test
    void without_an_open_reader_it_says_why() {
        refusedWith(Refusal.RESTARTING);

        readers.add(reader(0, 1, left));
        left.becomes(Intake.Status.STALLED);
        refusedWith(Refusal.NOT_DURABLE_IN_TIME);

        left.becomes(Intake.Status.STARTING);
        refusedWith(Refusal.RESTARTING);
    }

    @Test
    void while_no_reader_is_there_the_last_restart_tells_how_long_it_takes() {
        Reader first = reader(0, 1, left);
        Reader other = reader(1, 2, right);
        readers.add(first);
        readers.add(other);
        assertThat(untilAReaderOpens()).isZero();

        restart(3, first, other);
        readers.remove(first);
        assertThat(untilAReaderOpens()).as("one is left").isZero();
        readers.remove(other);

        assertThat(untilAReaderOpens()).isEqualTo(3);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(untilAReaderOpens()).isEqualTo(1);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(untilAReaderOpens()).as("overdue for 4 s").isEqualTo(4);
    }

    @Test
    void before_the_first_restart_a_usual_one_is_assumed() {
        Reader first = reader(0, 1, left);
        readers.add(first);

        readers.remove(first);

        assertThat(untilAReaderOpens()).isEqualTo(5);
    }

    @Test
    void an_attempt_that_was_replaced_leaves_nothing_behind() {
        Reader older = reader(0, 1, left);
        readers.add(older);
        readers.add(reader(0, 2, right));

        readers.remove(older);

        assertThat(untilAReaderOpens()).isZero();
    }

    @Test
    void the_slowest_reader_tells_when_there_is_room_and_when_a_checkpoint_completes() {
        readers.add(reader(0, 1, left));
        readers.add(reader(1, 2, right));
        left.completesIn(Duration.ofSeconds(4));
        right.completesIn(Duration.ofSeconds(3));
        left.drainsIn(Duration.ofSeconds(1));
        right.drainsIn(Duration.ofSeconds(2));

        assertThat(seconds(Refusal.Until.A_CHECKPOINT_COMPLETES)).isEqualTo(4);
        assertThat(seconds(Refusal.Until.THERE_IS_ROOM)).isEqualTo(4);
        assertThat(seconds(Refusal.Until.UNKNOWN)).isZero();

        right.drainsIn(Duration.ofSeconds(9));
        assertThat(seconds(Refusal.Until.THERE_IS_ROOM)).isEqualTo(9);
    }

    @Test
    void one_reader_over_the_high_water_is_enough() {
        readers.add(reader(0, 1, left));
        readers.add(reader(1, 2, right));
        assertThat(readers.isOverHighWater("orders")).isFalse();

        for (FakeIntake each : List.of(left, right)) {
            each.isOverHighWater(true);
            assertThat(readers.isOverHighWater("orders")).isTrue();
            assertThat(readers.isOverHighWater("refunds")).isFalse();
            each.isOverHighWater(false);
        }
    }

    private void restart(long seconds, Reader... all) {
        for (Reader reader : all) {
            readers.remove(reader);
        }
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        for (Reader reader : all) {
            readers.add(reader);
        }
    }

    private long untilAReaderOpens() {
        return seconds(Refusal.Until.A_READER_OPENS);
    }

    private long seconds(Refusal.Until event) {
        return TimeUnit.NANOSECONDS.toSeconds(readers.nanosUntil(event));
    }

    private void refusedWith(Refusal refusal) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> readers.slotFor(1))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private static Reader reader(int subtask, long incarnation, Intake intake) {
        SourceSettings settings =
                new SourceSettings(
                        "source",
                        null,
                        List.of(),
                        32,
                        1 << 20,
                        1 << 20,
                        Duration.ofSeconds(30),
                        SourceOptions.OnError.EMIT,
                        CheckpointSettings.defaults());
        return new Reader(
                new Registration(
                        settings,
                        subtask,
                        incarnation,
                        intake,
                        InternalSourceReaderMetricGroup.mock(
                                UnregisteredMetricGroups.createUnregisteredTaskMetricGroup())),
                System::nanoTime);
    }
}
