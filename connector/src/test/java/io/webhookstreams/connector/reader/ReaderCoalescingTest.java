/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.ingest.Intake.Status;
import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.metrics.Gauge;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a reader makes of retries, and what it may not remember. */
class ReaderCoalescingTest {

    private static final int SENDERS = 8;

    private final ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0, 1);

    @Test
    void a_retry_of_what_is_pending_is_emitted_once_and_answered_with_it() throws Exception {
        HeldReply first = test.offerOnce(0, "evt", "a");
        HeldReply retry = test.offerOnce(0, "evt", "a");

        assertThat(first.offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(retry.offer()).isEqualTo(Offer.JOINED);
        assertThat(test.drain()).containsExactly("a");
        test.reader.snapshotState(1);
        assertThat(retry.settlements()).isEmpty();
        test.complete(1);
        assertThat(first.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(retry.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_retry_of_what_is_durable_is_known_and_its_receipt_is_left_to_the_caller()
            throws Exception {
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        test.complete(1);

        HeldReply retry = test.offerOnce(1, "evt", "a");

        assertThat(retry.offer()).isEqualTo(Offer.DURABLE);
        assertThat(retry.settlements()).isEmpty();
        assertThat(test.drain()).containsExactly("a");
        assertThat(test.reader.snapshotState(2)).allMatch(split -> split.queue().isEmpty());
    }

    @Test
    void nothing_is_durable_by_a_snapshot_or_by_a_checkpoint_that_is_aborted() throws Exception {
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        assertThat(test.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.JOINED);

        test.reader.notifyCheckpointAborted(1);

        assertThat(test.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.JOINED);
    }

    @Test
    void close_answers_every_joined_request_once_as_lost() throws Exception {
        List<HeldReply> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(test.offerOnce(0, "evt", "a"));
        }
        test.reader.snapshotState(1);
        replies.add(test.offerOnce(0, "evt", "a"));

        test.reader.close();
        test.server.runSettlements();
        test.complete(1);

        assertThat(replies).allMatch(reply -> reply.settlements().equals(List.of(Settlement.LOST)));
    }

    @Test
    void a_closed_reader_answers_nothing_from_memory() throws Exception {
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        test.complete(1);
        Intake intake = test.intake();

        test.reader.close();

        HeldReply retry = new HeldReply();
        assertThat(
                        intake.offerOnce(
                                0,
                                Deliveries.draftOf("evt", "a"),
                                Tier.CHECKPOINT,
                                retry.receipt()))
                .isEqualTo(Offer.NOT_OPEN);
        assertThat(retry.settlements()).isEmpty();
    }

    @Test
    void a_reader_that_is_stalled_knows_what_completed_checkpoints_hold_and_nothing_else() {
        test.offerOnce(0, "durable", "a");
        test.reader.snapshotState(1);
        test.complete(1);
        test.offerOnce(0, "pending", "b");
        test.reader.snapshotState(2);
        test.advance(ReaderUnderTest.WATCHDOG.plusNanos(1));
        assertThat(test.intake().status()).isEqualTo(Status.STALLED);

        assertThat(test.offerOnce(1, "durable", "a").offer()).isEqualTo(Offer.DURABLE);
        assertThat(test.offerOnce(0, "pending", "b").offer()).isEqualTo(Offer.NOT_OPEN);
        assertThat(test.offerOnce(0, "durable", "other").offer()).isEqualTo(Offer.NOT_OPEN);
        assertThat(isDurable(test.intake(), "durable", "a")).isTrue();
        assertThat(isDurable(test.intake(), "pending", "b")).isFalse();
        assertThat(isDurable(test.intake(), "durable", "other")).isFalse();
        assertThat(shed("durable", "a")).isEqualTo(Offer.DURABLE);
        assertThat(shed("pending", "b")).isEqualTo(Offer.NOT_OPEN);
    }

    @Test
    void a_reader_that_has_closed_or_does_not_own_its_lanes_knows_nothing() {
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        test.complete(1);
        Intake intake = test.intake();
        assertThat(isDurable(intake, "evt", "a")).isTrue();

        test.reader.addSplits(List.of(LaneSplit.fresh(2)));
        assertThat(intake.status()).isEqualTo(Status.STARTING);
        assertThat(isDurable(intake, "evt", "a")).isFalse();
        assertThat(test.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.NOT_OPEN);

        test.grant();
        assertThat(isDurable(intake, "evt", "a")).isTrue();
        test.reader.close();
        assertThat(isDurable(intake, "evt", "a")).isFalse();
    }

    private static boolean isDurable(Intake intake, String eventId, String body) {
        return intake.isDurable(Deliveries.draftOf(eventId, body), new HeldReply().receipt());
    }

    private Offer shed(String eventId, String body) {
        return test.intake()
                .shed(0, Deliveries.draftOf(eventId, body), true, new HeldReply().receipt());
    }

    @Test
    void what_a_failure_between_snapshot_and_completion_rolls_back_is_not_remembered()
            throws Exception {
        List<LaneSplit> completed = test.reader.snapshotState(1);
        test.complete(1);
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(2);
        test.reader.close();

        ReaderUnderTest next = ReaderUnderTest.restored(completed);

        assertThat(next.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(next.drain()).containsExactly("a");
    }

    @Test
    void what_the_restored_state_holds_is_durable_and_what_it_does_not_hold_is_unknown()
            throws Exception {
        test.offerOnce(0, "emitted", "a");
        test.drain();
        test.offerOnce(0, "queued", "b");
        test.offerOnce(1, "also queued", "c");
        List<LaneSplit> snapshot = test.reader.snapshotState(1);
        test.offerOnce(1, "later", "d");

        ReaderUnderTest next = ReaderUnderTest.restored(snapshot);

        assertThat(next.offerOnce(0, "queued", "b").offer()).isEqualTo(Offer.DURABLE);
        assertThat(next.offerOnce(0, "also queued", "c").offer()).isEqualTo(Offer.DURABLE);
        assertThat(next.offerOnce(0, "queued", "other").offer()).isEqualTo(Offer.CONFLICTING);
        assertThat(next.offerOnce(0, "emitted", "a").offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(next.offerOnce(0, "later", "d").offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(next.drain()).containsExactlyInAnyOrder("b", "c", "other", "a", "d");
    }

    @Test
    void restored_lanes_that_come_after_the_start_are_remembered_too() {
        test.offerOnce(0, "evt", "a");
        List<LaneSplit> snapshot = test.reader.snapshotState(1);
        ReaderUnderTest next = ReaderUnderTest.created();
        next.reader.start();

        next.reader.addSplits(snapshot);
        next.grant();

        assertThat(next.offerOnce(1, "evt", "a").offer()).isEqualTo(Offer.DURABLE);
    }

    @Test
    void a_restored_delivery_that_cannot_be_read_is_not_remembered_and_stops_nothing() {
        byte[] damaged = {99, 1, 2};
        ReaderUnderTest next = ReaderUnderTest.created();
        next.reader.addSplits(List.of(new LaneSplit(0, 1, 0, List.of(damaged))));

        next.reader.start();
        next.grant();

        assertThat(next.intake().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void without_an_event_id_every_delivery_is_a_new_one() throws Exception {
        WebhookDelivery same = Deliveries.draft("a");

        assertThat(test.offerOnce(0, same, Tier.CHECKPOINT).offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(test.offerOnce(0, Deliveries.draft("a"), Tier.CHECKPOINT).offer())
                .isEqualTo(Offer.ACCEPTED);
        assertThat(test.drain()).containsExactly("a", "a");
    }

    @Test
    void an_id_beyond_1024_characters_is_not_worth_remembering() {
        String longest = "i".repeat(1_024);
        test.offerOnce(0, longest, "a");
        test.offerOnce(0, longest + "i", "a");

        assertThat(test.offerOnce(0, longest, "a").offer()).isEqualTo(Offer.JOINED);
        assertThat(test.offerOnce(0, longest + "i", "a").offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void offers_that_are_not_to_be_coalesced_are_not() {
        test.offerOnce(0, "evt", "a");

        assertThat(test.offer(0, Deliveries.draftOf("evt", "a"), Tier.CHECKPOINT).offer())
                .isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void a_retry_joins_although_the_queue_is_full() {
        String half = "x".repeat(ReaderUnderTest.QUEUE_BYTES / 2);
        assertThat(test.offerOnce(0, "evt", half).offer()).isEqualTo(Offer.ACCEPTED);

        HeldReply retry = test.offerOnce(0, "evt", half);
        HeldReply other = test.offerOnce(0, "other", half);

        assertThat(retry.offer()).isEqualTo(Offer.JOINED);
        assertThat(other.offer()).isEqualTo(Offer.FULL);
        assertThat(other.settlements()).isEmpty();
        assertThat(test.offerOnce(0, "evt", half + "x").offer()).isEqualTo(Offer.FULL);
    }

    @Test
    void a_retry_takes_no_room_in_the_queue() throws Exception {
        test.offerOnce(0, "evt", "a");
        long queued = test.intake().pendingBytes();

        test.offerOnce(0, "evt", "a");
        assertThat(test.intake().pendingBytes()).isEqualTo(queued);

        test.drain();
        assertThat(test.intake().pendingBytes()).isZero();
    }

    @Test
    void in_the_accept_tier_a_retry_is_answered_at_once_and_a_rollback_forgets_it()
            throws Exception {
        List<LaneSplit> empty = test.reader.snapshotState(1);
        test.complete(1);
        HeldReply first = test.offerOnce(0, Deliveries.draftOf("evt", "a"), Tier.ACCEPT);
        HeldReply retry = test.offerOnce(0, Deliveries.draftOf("evt", "a"), Tier.ACCEPT);

        assertThat(retry.offer()).isEqualTo(Offer.JOINED);
        assertThat(first.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(retry.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(test.drain()).containsExactly("a");

        ReaderUnderTest next = ReaderUnderTest.restored(empty);
        assertThat(next.offerOnce(0, Deliveries.draftOf("evt", "a"), Tier.ACCEPT).offer())
                .isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void retries_of_what_is_durable_do_not_wake_the_watchdog() {
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        test.complete(1);
        test.offerOnce(0, "evt", "a");

        test.advance(Duration.ofDays(1));

        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void the_memory_is_a_gauge_and_goes_with_the_reader() {
        test.offerOnce(0, "evt", "a");
        assertThat(gauge("coalescingBytes")).isEqualTo(192L + 2 * 3);
        assertThat(gauge("notRemembered")).isEqualTo(0L);

        for (int i = 0; i < ReaderUnderTest.COALESCING_BYTES / 192; i++) {
            test.offerOnce(0, "evt-" + i, "a");
        }
        assertThat((Long) gauge("coalescingBytes"))
                .isLessThanOrEqualTo(ReaderUnderTest.COALESCING_BYTES);
        assertThat((Long) gauge("notRemembered")).isPositive();

        test.reader.close();
        assertThat(gauge("coalescingBytes")).isEqualTo(0L);
    }

    @RepeatedTest(200)
    @Timeout(60)
    void identical_deliveries_that_come_at_once_are_one(RepetitionInfo repetition)
            throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        CyclicBarrier together = new CyclicBarrier(SENDERS + 1);
        List<Future<HeldReply>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int lane = i % 2;
            sending.add(
                    senders.submit(
                            () -> {
                                together.await();
                                return test.offerOnce(lane, "evt", "a");
                            }));
        }
        together.await();
        // In half of the rounds the barrier and its completion come in between.
        if (repetition.getCurrentRepetition() % 2 == 0) {
            test.reader.snapshotState(1);
            test.complete(1);
        }
        List<HeldReply> replies = new ArrayList<>();
        for (Future<HeldReply> sent : sending) {
            replies.add(sent.get());
        }
        senders.shutdown();
        test.reader.snapshotState(2);
        test.complete(2);

        assertThat(test.drain()).containsExactly("a");
        assertThat(replies).filteredOn(r -> r.offer() == Offer.ACCEPTED).hasSize(1);
        assertThat(replies)
                .allMatch(
                        reply ->
                                reply.offer() == Offer.DURABLE
                                        ? reply.settlements().isEmpty()
                                        : reply.settlements().equals(List.of(Settlement.DURABLE)));
    }

    private Object gauge(String name) {
        Gauge<?> gauge = test.metrics.getGauge(name).orElseThrow();
        return gauge.getValue();
    }
}
