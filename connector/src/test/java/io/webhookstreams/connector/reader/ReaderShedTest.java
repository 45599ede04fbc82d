/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.enumerator.CheckpointDemand;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.ingest.Intake.Status;
import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A loss budget through checkpoints, failures and changes of parallelism. */
class ReaderShedTest {

    /** A tenth may be lost. */
    private static final long ONE_IN = 10;

    private static final int LANES = 6;
    private static final List<StreamSettings> STREAMS = shedding(s -> {});
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final List<StreamSettings> SHORT_WINDOWS =
            shedding(s -> s.set(PolicyOptions.SHED_WINDOW, SHORT));
    private static final Instant WINDOW_START = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void what_was_shed_is_answered_by_the_checkpoint_that_holds_it_and_comes_out_nowhere()
            throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, 0, 9);
        test.reader.snapshotState(1);

        HeldReply shed = shed(test, 0);
        assertThat(shed.offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(shed(test, 0).offer()).isEqualTo(Offer.FULL);
        test.complete(1);
        assertThat(shed.settlements()).isEmpty();

        test.reader.snapshotState(2);
        test.complete(2);
        assertThat(shed.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(shed.receipt().isOfLoss()).isTrue();
        assertThat(test.drain()).hasSize(9);
    }

    @Test
    void a_retry_of_what_was_shed_joins_it_and_spends_nothing() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, 0, 9);
        HeldReply first = shed(test, 0, "evt_1");
        HeldReply pending = shed(test, 0, "evt_1");
        assertThat(first.offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(pending.offer()).isEqualTo(Offer.JOINED);
        assertThat(gauge(test, "lossWindowShed")).isEqualTo(1);

        test.reader.snapshotState(1);
        test.complete(1);
        assertThat(first.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(pending.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(shed(test, 0, "evt_1").offer()).isEqualTo(Offer.DURABLE);
        assertThat(shed(test, 0, "evt_2").offer()).isEqualTo(Offer.FULL);
    }

    @Test
    void what_is_spent_stays_spent_after_a_restore() {
        ReaderUnderTest before = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(before, 0, 19);
        assertThat(shed(before, 0).offer()).isEqualTo(Offer.ACCEPTED);

        ReaderUnderTest after = ReaderUnderTest.restored(STREAMS, before.reader.snapshotState(1));

        assertThat(shed(after, 0).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(shed(after, 0).offer()).isEqualTo(Offer.FULL);
    }

    @Test
    void what_was_spent_after_the_checkpoint_was_answered_to_nobody_and_comes_back() {
        ReaderUnderTest before = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(before, 0, 9);
        List<LaneSplit> snapshot = before.reader.snapshotState(1);
        HeldReply unanswered = shed(before, 0);
        before.reader.close();
        before.server.runSettlements();
        assertThat(unanswered.settlements()).containsExactly(Settlement.LOST);

        ReaderUnderTest after = ReaderUnderTest.restored(STREAMS, snapshot);

        assertThat(shed(after, 0).offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void a_retry_is_shed_anew_where_retries_are_not_recognised() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, 0, 19);

        assertThat(shed(test, draft("evt_1"), false).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(shed(test, draft("evt_1"), false).offer()).isEqualTo(Offer.ACCEPTED);

        assertThat(gauge(test, "lossWindowShed")).isEqualTo(2);
    }

    @Test
    void a_window_lasts_as_long_as_the_stream_says_by_the_arrival_of_what_comes() {
        List<StreamSettings> daily =
                shedding(s -> s.set(PolicyOptions.SHED_WINDOW, Duration.ofDays(1)));
        ReaderUnderTest test = ReaderUnderTest.withStreams(daily, 0);
        Instant morning = Instant.parse("2026-03-01T00:00:00Z");
        Instant evening = Instant.parse("2026-03-01T23:59:59.999Z");
        Instant tomorrow = Instant.parse("2026-03-02T00:00:00Z");
        keepAt(test, 9, morning);
        assertThat(shedAt(test, evening).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(shedAt(test, evening).offer()).isEqualTo(Offer.FULL);

        keepAt(test, 9, tomorrow);
        assertThat(gauge(test, "lossWindowShed")).isZero();
        assertThat(shedAt(test, morning).offer()).as("whenever it came").isEqualTo(Offer.ACCEPTED);
        assertThat(shedAt(test, tomorrow).offer()).isEqualTo(Offer.FULL);
    }

    @Test
    void a_window_that_ends_while_nothing_runs_is_followed_by_one_that_has_to_be_earned_again() {
        ReaderUnderTest before = ReaderUnderTest.withStreams(SHORT_WINDOWS, 0);
        keepAt(before, 19, WINDOW_START);
        assertThat(shedAt(before, WINDOW_START).offer()).isEqualTo(Offer.ACCEPTED);
        List<LaneSplit> snapshot = before.reader.snapshotState(1);
        before.reader.close();

        ReaderUnderTest same = ReaderUnderTest.restored(SHORT_WINDOWS, snapshot);
        Instant end = WINDOW_START.plus(SHORT).minusMillis(1);
        assertThat(shedAt(same, end).offer()).as("what was left").isEqualTo(Offer.ACCEPTED);
        assertThat(shedAt(same, end).offer()).isEqualTo(Offer.FULL);

        ReaderUnderTest next = ReaderUnderTest.restored(SHORT_WINDOWS, snapshot);
        Instant later = WINDOW_START.plus(SHORT);
        assertThat(shedAt(next, later).offer()).as("nothing is left over").isEqualTo(Offer.FULL);
        keepAt(next, 9, later);
        assertThat(shedAt(next, later).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(shedAt(next, later).offer()).isEqualTo(Offer.FULL);
        assertThat(gauge(next, "lossWindowShed")).isEqualTo(1);
    }

    /**
     * As {@link #in_sum_the_budget_is_never_exceeded}, while windows of a second pass, also between
     * a failure and the restore: of all that is durable of any of them, no more was shed than its
     * budget allows.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_window_exceeds_its_budget_whatever_fails_while_it_turns_over(long seed)
            throws Exception {
        Random random = new Random(seed);
        List<LaneSplit> durable = IntStream.range(0, LANES).mapToObj(LaneSplit::fresh).toList();
        LossesByWindow losses = new LossesByWindow(SHORT);
        Instant now = WINDOW_START;
        for (int life = 0; life < 12; life++) {
            List<ReaderUnderTest> readers = dealtOut(SHORT_WINDOWS, durable, 1 + random.nextInt(3));
            for (int checkpoint = 1; checkpoint <= 1 + random.nextInt(3); checkpoint++) {
                for (int i = random.nextInt(200); i > 0; i--) {
                    now = now.plusMillis(random.nextInt(20));
                    ReaderUnderTest reader = readers.get(random.nextInt(readers.size()));
                    int[] lanes = reader.intake().lanes();
                    int lane = lanes[random.nextInt(lanes.length)];
                    boolean shed =
                            random.nextInt(3) > 0
                                    && shedAt(reader, lane, now).offer() == Offer.ACCEPTED;
                    if (!shed) {
                        keepAt(reader, lane, 1, now);
                    }
                    losses.came(now, shed);
                }
                List<List<LaneSplit>> snapshots = new ArrayList<>();
                for (ReaderUnderTest reader : readers) {
                    reader.drain();
                    snapshots.add(reader.reader.snapshotState(checkpoint));
                }
                if (random.nextInt(3) > 0) {
                    durable = ReaderUnderTest.allOf(snapshots);
                    losses.areDurable();
                }
            }
            losses.failed();
            now = now.plusMillis(random.nextInt(1_500));
        }
        assertThat(losses.windowsThatShed()).isGreaterThan(5);
        losses.assertWithin(ONE_IN);
    }

    /** What came in each window and what of it was shed, as one sees it from outside. */
    private static final class LossesByWindow {
        private final Duration length;
        private final Map<Long, long[]> durable = new TreeMap<>();
        private final List<Runnable> open = new ArrayList<>();

        LossesByWindow(Duration length) {
            this.length = length;
        }

        void came(Instant at, boolean shed) {
            long window = at.toEpochMilli() / length.toMillis();
            open.add(
                    () -> {
                        long[] counts = durable.computeIfAbsent(window, none -> new long[2]);
                        counts[0]++;
                        counts[1] += shed ? 1 : 0;
                    });
        }

        void areDurable() {
            open.forEach(Runnable::run);
            open.clear();
        }

        void failed() {
            open.clear();
        }

        long windowsThatShed() {
            return durable.values().stream().filter(counts -> counts[1] > 0).count();
        }

        void assertWithin(long oneIn) {
            assertThat(durable)
                    .allSatisfy(
                            (window, counts) ->
                                    assertThat(counts[1] * oneIn).isLessThanOrEqualTo(counts[0]));
        }
    }

    @Test
    void each_stream_has_its_own() {
        List<StreamSettings> both =
                new TestStreams()
                        .with("orders", ReaderShedTest::sheds)
                        .with("refunds", ReaderShedTest::sheds)
                        .settings();
        ReaderUnderTest test = ReaderUnderTest.withStreams(both, 0);
        keep(test, 0, 9);
        WebhookDelivery refund =
                WebhookDelivery.builder().stream("refunds")
                        .deliveryId(new UUID(1, 2))
                        .receivedAt(Deliveries.RECEIVED_AT)
                        .path("/in/refunds")
                        .build();

        assertThat(shed(test, refund, true).offer()).isEqualTo(Offer.FULL);
        assertThat(shed(test, 0).offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void a_checkpoint_is_asked_for_by_what_is_shed() {
        Duration idleAfter = Duration.ofSeconds(1);
        ReaderUnderTest test = ReaderUnderTest.onDemand(STREAMS, idleAfter, 0);
        keep(test, 0, 9);
        test.advance(idleAfter.plusMillis(1));
        test.reader.snapshotState(1);
        test.advance(Duration.ofMillis(1));
        test.complete(1);
        test.context.clearSentEvents();
        test.advance(Duration.ofHours(1));

        shed(test, 0);
        test.server.runSettlements();

        assertThat(test.context.getSentEvents()).containsExactly(new CheckpointDemand(2, true));
    }

    @Test
    void what_is_shed_waits_for_a_checkpoint_as_the_watchdog_sees_it() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, 0, 19);
        test.reader.snapshotState(1);
        test.complete(1);
        shed(test, 0);

        test.advance(ReaderUnderTest.WATCHDOG.plusNanos(1));

        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
        assertThat(shed(test, 0).offer()).isEqualTo(Offer.NOT_OPEN);
        assertThat(gauge(test, "lossWindowShed")).isEqualTo(1);
    }

    @Test
    void a_reader_that_closes_while_it_sheds_is_not_open_rather_than_full() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, 0, 9);
        test.atNextLook(test.reader::close);

        assertThat(shed(test, 0).offer()).isEqualTo(Offer.NOT_OPEN);
    }

    @Test
    void each_lane_has_its_own_so_that_lanes_can_part() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0, 1);
        keep(test, 0, 30);

        assertThat(shed(test, 1).offer()).isEqualTo(Offer.FULL);
        assertThat(shed(test, 0).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(gauge(test, "lossWindowShed")).isEqualTo(1);
        assertThat(gauge(test, "lossBudgetLeft")).isEqualTo(2);
    }

    @Test
    void a_stream_without_a_budget_sheds_nothing() {
        List<StreamSettings> others = new TestStreams().with("orders", s -> {}).settings();
        ReaderUnderTest test = ReaderUnderTest.withStreams(others, 0);
        keep(test, 0, 50);

        assertThat(shed(test, 0).offer()).isEqualTo(Offer.FULL);
        assertThat(test.reader.snapshotState(1).get(0).losses()).isEmpty();
    }

    /**
     * Readers shed all they may, checkpoints complete or do not, the job fails and comes back with
     * another parallelism: of all that is durable, no more was shed than the budget allows.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void in_sum_the_budget_is_never_exceeded(long seed) {
        Random random = new Random(seed);
        List<LaneSplit> durable = IntStream.range(0, LANES).mapToObj(LaneSplit::fresh).toList();
        List<HeldReply> answeredShed = new ArrayList<>();
        long answered = 0;
        for (int life = 0; life < 12; life++) {
            List<ReaderUnderTest> readers = dealtOut(STREAMS, durable, 1 + random.nextInt(3));
            List<HeldReply> sheds = new ArrayList<>();
            for (int checkpoint = 1; checkpoint <= 1 + random.nextInt(3); checkpoint++) {
                for (int i = random.nextInt(200); i > 0; i--) {
                    offerSomething(readers, random, sheds);
                }
                List<List<LaneSplit>> snapshots = new ArrayList<>();
                for (ReaderUnderTest reader : readers) {
                    snapshots.add(reader.reader.snapshotState(checkpoint));
                }
                if (random.nextInt(3) > 0) {
                    durable = ReaderUnderTest.allOf(snapshots);
                    for (ReaderUnderTest reader : readers) {
                        reader.complete(checkpoint);
                    }
                }
            }
            for (ReaderUnderTest reader : readers) {
                reader.reader.close();
                reader.server.runSettlements();
            }
            sheds.stream()
                    .filter(s -> s.settlements().equals(List.of(Settlement.DURABLE)))
                    .forEach(answeredShed::add);
            answered = answeredShed.size();
            assertThat(answered * ONE_IN).as("life %d", life).isLessThanOrEqualTo(came(durable));
        }
        assertThat(answered).as("the budget was used").isPositive();
    }

    private static void offerSomething(
            List<ReaderUnderTest> readers, Random random, List<HeldReply> sheds) {
        ReaderUnderTest reader = readers.get(random.nextInt(readers.size()));
        int[] lanes = reader.intake().lanes();
        int lane = lanes[random.nextInt(lanes.length)];
        HeldReply shed = random.nextInt(3) == 0 ? null : shed(reader, lane);
        if (shed == null || shed.offer() == Offer.FULL) {
            keep(reader, lane, 1);
        } else {
            sheds.add(shed);
        }
    }

    /** Everything that was appended or shed and is durable. */
    private static long came(List<LaneSplit> durable) {
        return durable.stream()
                .flatMap(split -> split.losses().stream())
                .mapToLong(window -> window.offered())
                .sum();
    }

    private static List<ReaderUnderTest> dealtOut(
            List<StreamSettings> streams, List<LaneSplit> splits, int parallelism) {
        List<ReaderUnderTest> readers = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            List<LaneSplit> own = new ArrayList<>();
            for (int i = subtask; i < splits.size(); i += parallelism) {
                own.add(splits.get(i));
            }
            readers.add(ReaderUnderTest.restored(streams, own));
        }
        return readers;
    }

    private static void keep(ReaderUnderTest test, int lane, int deliveries) {
        for (int i = 0; i < deliveries; i++) {
            assertThat(test.offer(lane, "kept").offer()).isEqualTo(Offer.ACCEPTED);
        }
    }

    private static HeldReply shed(ReaderUnderTest test, int lane) {
        HeldReply reply = new HeldReply();
        return reply.offered(
                test.intake().shed(lane, Deliveries.draft("shed"), true, reply.receipt()));
    }

    private static HeldReply shed(ReaderUnderTest test, int lane, String eventId) {
        HeldReply reply = new HeldReply();
        return reply.offered(test.intake().shed(lane, draft(eventId), true, reply.receipt()));
    }

    private static HeldReply shed(ReaderUnderTest test, WebhookDelivery draft, boolean once) {
        HeldReply reply = new HeldReply();
        return reply.offered(test.intake().shed(0, draft, once, reply.receipt()));
    }

    private static WebhookDelivery draft(String eventId) {
        return Deliveries.draftOf(eventId, "");
    }

    private static void keepAt(ReaderUnderTest test, int deliveries, Instant receivedAt) {
        keepAt(test, 0, deliveries, receivedAt);
    }

    private static void keepAt(ReaderUnderTest test, int lane, int deliveries, Instant receivedAt) {
        for (int i = 0; i < deliveries; i++) {
            assertThat(test.offer(lane, draftAt(receivedAt), Tier.CHECKPOINT).offer())
                    .isEqualTo(Offer.ACCEPTED);
        }
    }

    private static HeldReply shedAt(ReaderUnderTest test, Instant receivedAt) {
        return shedAt(test, 0, receivedAt);
    }

    private static HeldReply shedAt(ReaderUnderTest test, int lane, Instant receivedAt) {
        HeldReply reply = new HeldReply();
        return reply.offered(test.intake().shed(lane, draftAt(receivedAt), true, reply.receipt()));
    }

    private static WebhookDelivery draftAt(Instant receivedAt) {
        return WebhookDelivery.builder().stream("orders")
                .deliveryId(new UUID(1, 2))
                .receivedAt(receivedAt)
                .path("/in/orders")
                .build();
    }

    private static long gauge(ReaderUnderTest test, String name) {
        Gauge<? extends Number> gauge =
                test.metrics.<Number>getGauge("stream", "orders", name).orElseThrow();
        return gauge.getValue().longValue();
    }

    private static List<StreamSettings> shedding(Consumer<Configuration> more) {
        return new TestStreams()
                .with(
                        "orders",
                        s -> {
                            sheds(s);
                            more.accept(s);
                        })
                .settings();
    }

    private static void sheds(Configuration stream) {
        stream.set(PolicyOptions.POLICY, Policy.SHED).set(PolicyOptions.SHED_BUDGET, 1.0 / ONE_IN);
    }
}
