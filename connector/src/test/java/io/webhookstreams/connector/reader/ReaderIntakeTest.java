/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.connector.enumerator.OwnershipGrant;
import io.webhookstreams.connector.enumerator.ReaderHello;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.ingest.Intake.Status;
import io.webhookstreams.connector.lane.LaneSplit;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** When a reader takes deliveries, and when it says why not. */
class ReaderIntakeTest {

    @Test
    void a_reader_without_lanes_is_not_registered_and_says_hello() {
        ReaderUnderTest test = ReaderUnderTest.created();
        test.reader.start();

        assertThat(test.server.registered()).isEmpty();
        assertThat(test.context.getSentEvents())
                .containsExactly(new ReaderHello(17, List.of(), FakeIngestServer.ENDPOINT));
    }

    @Test
    void a_reader_that_gets_lanes_registers_once_and_says_so() {
        ReaderUnderTest test = ReaderUnderTest.created();
        test.reader.start();
        test.context.clearSentEvents();

        test.reader.addSplits(List.of(LaneSplit.fresh(3)));
        test.reader.addSplits(List.of(LaneSplit.fresh(1)));

        assertThat(test.server.registered()).hasSize(1);
        assertThat(test.context.getSentEvents())
                .containsExactly(
                        new ReaderHello(17, List.of(3), FakeIngestServer.ENDPOINT),
                        new ReaderHello(17, List.of(1, 3), FakeIngestServer.ENDPOINT));
    }

    @Test
    void nothing_is_taken_before_the_ownership_is_granted() {
        ReaderUnderTest test = ReaderUnderTest.created();
        test.reader.start();
        test.reader.addSplits(List.of(LaneSplit.fresh(3)));

        assertThat(test.intake().status()).isEqualTo(Status.STARTING);
        assertThat(test.intake().lanes()).isEmpty();
        assertThat(test.offer(3, "a").offer()).isEqualTo(Offer.NOT_OPEN);

        test.reader.handleSourceEvents(new OwnershipGrant(16, List.of(3), 1));
        assertThat(test.intake().status()).isEqualTo(Status.STARTING);
        test.reader.handleSourceEvents(new OwnershipGrant(17, List.of(), 1));
        assertThat(test.intake().status()).isEqualTo(Status.STARTING);

        test.grant();
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
        assertThat(test.intake().lanes()).containsExactly(3);
        assertThat(test.offer(3, "a").offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void more_lanes_need_another_grant() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);

        test.reader.addSplits(List.of(LaneSplit.fresh(1)));
        assertThat(test.intake().status()).isEqualTo(Status.STARTING);

        test.grant();
        assertThat(test.intake().lanes()).containsExactly(0, 1);
    }

    @Test
    void a_full_queue_refuses_and_takes_again_when_it_was_emitted() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        String large = "x".repeat(ReaderUnderTest.QUEUE_BYTES / 2);
        assertThat(test.offer(0, large).offer()).isEqualTo(Offer.ACCEPTED);

        HeldReply refused = test.offer(0, large);
        assertThat(refused.offer()).isEqualTo(Offer.FULL);
        assertThat(refused.settlements()).isEmpty();

        test.drain();
        assertThat(test.offer(0, large).offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void one_that_closes_while_it_is_offered_something_is_not_open_rather_than_full() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.atNextLook(test.reader::close);

        assertThat(test.offer(0, "a").offer()).isEqualTo(Offer.NOT_OPEN);
    }

    @Test
    void a_lane_that_is_not_held_costs_no_bytes() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);

        assertThatThrownBy(() -> test.offer(5, "a")).isInstanceOf(IllegalArgumentException.class);

        String nearlyAll = "x".repeat(ReaderUnderTest.QUEUE_BYTES - 1_000);
        assertThat(test.offer(0, nearlyAll).offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void the_watchdog_fires_when_no_barrier_comes_after_the_start() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.advance(ReaderUnderTest.WATCHDOG);
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);

        test.advance(Duration.ofNanos(1));

        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
        assertThat(test.offer(0, "a").offer()).isEqualTo(Offer.NOT_OPEN);
    }

    @Test
    void the_watchdog_fires_when_a_delivery_waits_too_long_and_recovers_on_completion() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.reader.snapshotState(1);
        test.complete(1);
        test.offer(0, "a");
        test.reader.snapshotState(2);
        test.reader.notifyCheckpointAborted(2);

        test.advance(ReaderUnderTest.WATCHDOG.plusNanos(1));
        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
        test.reader.snapshotState(3);
        assertThat(test.intake().status()).isEqualTo(Status.STALLED);

        test.complete(3);
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
        assertThat(test.offer(0, "b").offer()).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void the_watchdog_sleeps_while_nothing_waits() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.reader.snapshotState(1);
        test.complete(1);

        test.advance(Duration.ofDays(1));

        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void the_watchdog_goes_on_waiting_for_what_came_behind_the_barrier_that_completes() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.reader.snapshotState(1);
        test.offer(0, "a");
        test.advance(ReaderUnderTest.WATCHDOG.dividedBy(2));
        test.offer(0, "b");

        test.complete(1);
        test.advance(ReaderUnderTest.WATCHDOG.dividedBy(2));
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);

        test.advance(Duration.ofNanos(1));
        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
    }

    @Test
    void retries_of_what_no_checkpoint_has_covered_wake_the_watchdog() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.reader.snapshotState(1);
        HeldReply first = test.offerOnce(0, "evt", "a");
        first.receipt().settle(Settlement.EXPIRED);
        test.complete(1);
        test.advance(Duration.ofDays(1));
        assertThat(test.intake().status()).as("nobody waits").isEqualTo(Status.OPEN);

        assertThat(test.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.JOINED);
        test.advance(ReaderUnderTest.WATCHDOG.plusNanos(1));

        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
    }

    @Test
    void a_retry_that_is_covered_lets_the_watchdog_sleep() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offerOnce(0, "evt", "a");
        test.reader.snapshotState(1);
        assertThat(test.offerOnce(0, "evt", "a").offer()).isEqualTo(Offer.JOINED);
        test.complete(1);

        test.advance(Duration.ofDays(1));

        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void a_downstream_that_stops_while_nothing_is_queued_is_seen() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "a");
        test.drain();
        test.reader.snapshotState(1);
        test.complete(1);
        test.advance(Duration.ofHours(1));
        assertThat(test.offer(0, "b").offer()).isEqualTo(Offer.ACCEPTED);
        test.advance(Duration.ofSeconds(20));
        assertThat(test.offer(0, "c").offer()).isEqualTo(Offer.ACCEPTED);

        assertThat(test.intake().nanosToDrain()).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void a_downstream_that_takes_nothing_of_what_was_restored_is_seen() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0);
        before.offer(0, "a");
        ReaderUnderTest test = ReaderUnderTest.restored(before.reader.snapshotState(1));

        test.advance(Duration.ofMinutes(1));
        assertThat(test.intake().nanosToDrain()).isEqualTo(Duration.ofMinutes(1).toNanos());

        test.drain();
        assertThat(test.intake().nanosToDrain()).isZero();
    }

    @Test
    void deliveries_before_the_first_barrier_wait_from_that_barrier_on() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "a");
        test.advance(ReaderUnderTest.WATCHDOG);
        test.reader.snapshotState(1);
        test.advance(ReaderUnderTest.WATCHDOG);
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);

        test.advance(Duration.ofNanos(1));
        assertThat(test.intake().status()).isEqualTo(Status.STALLED);
    }
}
