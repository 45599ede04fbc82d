/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.ingest.Intake.Status;
import io.webhookstreams.connector.lane.LaneSplit;

import org.junit.jupiter.api.Test;

import java.util.List;

/** When a sender hears yes: the reader against every order of checkpoint, completion and close. */
class ReaderCheckpointTest {

    private final ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0, 1);

    @Test
    void a_receipt_is_settled_by_the_completion_of_its_checkpoint_and_not_before()
            throws Exception {
        HeldReply reply = test.offer(0, "a");
        assertThat(test.drain()).containsExactly("a");
        test.server.runSettlements();
        assertThat(reply.settlements()).isEmpty();

        test.reader.snapshotState(1);
        test.server.runSettlements();
        assertThat(reply.settlements()).isEmpty();

        test.complete(1);
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_receipt_does_not_wait_for_its_delivery_to_be_emitted() {
        HeldReply reply = test.offer(0, "a");

        List<LaneSplit> snapshot = test.reader.snapshotState(1);
        test.complete(1);

        assertThat(snapshot.get(0).queue()).hasSize(1);
        assertThat(test.output.records).isEmpty();
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void what_comes_after_the_barrier_waits_for_the_next_checkpoint() {
        test.reader.snapshotState(1);
        HeldReply reply = test.offer(0, "a");

        test.complete(1);
        assertThat(reply.settlements()).isEmpty();

        test.reader.snapshotState(2);
        test.complete(2);
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void checkpoint_2_completing_before_1_settles_both() {
        HeldReply first = test.offer(0, "a");
        test.reader.snapshotState(1);
        HeldReply second = test.offer(0, "b");
        test.reader.snapshotState(2);

        test.complete(2);
        test.complete(1);

        assertThat(first.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(second.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_skipped_completion_is_covered_by_the_next() {
        HeldReply reply = test.offer(0, "a");
        test.reader.snapshotState(1);
        test.reader.snapshotState(2);

        test.complete(2);

        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void an_aborted_checkpoint_is_covered_by_the_next() throws Exception {
        HeldReply reply = test.offer(0, "a");
        test.reader.snapshotState(1);
        test.reader.notifyCheckpointAborted(1);
        test.server.runSettlements();
        assertThat(reply.settlements()).isEmpty();

        test.reader.snapshotState(2);
        test.complete(2);

        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_completion_that_never_comes_settles_nothing_and_loses_nothing() throws Exception {
        HeldReply reply = test.offer(0, "a");
        List<LaneSplit> snapshot = test.reader.snapshotState(1);
        test.server.runSettlements();
        assertThat(reply.settlements()).isEmpty();

        test.reader.close();
        test.server.runSettlements();

        assertThat(reply.settlements()).containsExactly(Settlement.LOST);
        assertThat(ReaderUnderTest.restored(snapshot).drain()).containsExactly("a");
    }

    @Test
    void a_deadline_before_the_completion_wins_and_the_delivery_is_emitted_all_the_same()
            throws Exception {
        HeldReply reply = test.offer(0, "a");
        test.reader.snapshotState(1);
        reply.receipt().settle(Settlement.EXPIRED);

        test.complete(1);

        assertThat(reply.settlements()).containsExactly(Settlement.EXPIRED);
        assertThat(test.drain()).containsExactly("a");
    }

    @Test
    void a_completion_before_the_deadline_wins() {
        HeldReply reply = test.offer(0, "a");
        test.reader.snapshotState(1);
        test.complete(1);

        assertThat(reply.receipt().settle(Settlement.EXPIRED)).isFalse();
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_sender_that_went_away_is_settled_once_and_its_delivery_emitted() throws Exception {
        HeldReply reply = test.offer(0, "a");
        reply.receipt().settle(Settlement.LOST);

        test.reader.snapshotState(1);
        test.complete(1);
        test.reader.close();
        test.server.runSettlements();

        assertThat(reply.settlements()).containsExactly(Settlement.LOST);
        assertThat(test.output.records).isEmpty();
    }

    @Test
    void settlements_never_run_on_the_task_thread() {
        HeldReply reply = test.offer(0, "a");
        test.reader.snapshotState(1);

        test.reader.notifyCheckpointComplete(1);

        assertThat(reply.settlements()).isEmpty();
        test.server.runSettlements();
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void the_accept_tier_settles_at_once_and_is_in_the_checkpoint_all_the_same() {
        HeldReply reply = test.offer(0, Deliveries.draft("a"), Tier.ACCEPT);
        test.server.runSettlements();

        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
        assertThat(test.reader.snapshotState(1).get(0).queue()).hasSize(1);
    }

    @Test
    void close_with_requests_held_settles_them_as_lost_and_leaves_the_server() {
        HeldReply sealed = test.offer(0, "a");
        test.reader.snapshotState(1);
        HeldReply open = test.offer(1, "b");
        var intake = test.intake();

        test.reader.close();
        test.server.runSettlements();

        assertThat(sealed.settlements()).containsExactly(Settlement.LOST);
        assertThat(open.settlements()).containsExactly(Settlement.LOST);
        assertThat(test.server.registered()).isEmpty();
        assertThat(intake.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void a_closed_reader_takes_nothing_and_leaves_the_receipt_to_the_caller() {
        var intake = test.intake();
        test.reader.close();

        HeldReply reply = new HeldReply();
        Offer offer = intake.offer(0, Deliveries.draft("a"), Tier.CHECKPOINT, reply.receipt());
        test.server.runSettlements();

        assertThat(offer).isEqualTo(Offer.NOT_OPEN);
        assertThat(reply.settlements()).isEmpty();
    }

    @Test
    void close_before_start_does_nothing() {
        ReaderUnderTest.created().reader.close();
    }

    @Test
    void close_is_idempotent() {
        HeldReply reply = test.offer(0, "a");

        test.reader.close();
        test.reader.close();
        test.server.runSettlements();

        assertThat(reply.settlements()).containsExactly(Settlement.LOST);
    }
}
