/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Settlement.DURABLE;
import static io.webhookstreams.checkpoint.Settlement.EXPIRED;
import static io.webhookstreams.checkpoint.Settlement.LOST;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The steps of a delivery, append · register · cut · complete · settle, with a thread stopped
 * between each pair while another one tries what could break the promise.
 */
class StopBetweenStepsTest {

    private final Settlements settlements = new Settlements();
    private final BlockingQueue<Runnable> handedOver = new LinkedBlockingQueue<>();
    private final List<Long> lane = new ArrayList<>();
    private final AtomicReference<List<Long>> snapshot = new AtomicReference<>();
    private final CheckpointDurability durability =
            new CheckpointDurability(new Gate(), handedOver::add);

    // --- between append and register ---

    @Test
    void a_cut_between_append_and_register_waits_and_then_covers_both() throws Exception {
        Stop betweenAppendAndRegister = new Stop();
        Thread request = stoppedAfterAppending(1, betweenAppendAndRegister);
        Thread mailbox = start("mailbox", () -> cut(1));

        Stop.awaitBlocked(mailbox);
        assertThat(snapshot).hasValue(null);
        betweenAppendAndRegister.release();
        Stop.awaitEnd(request);
        Stop.awaitEnd(mailbox);

        assertThat(snapshot.get()).containsExactly(1L);
        complete(1);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void a_completion_between_append_and_register_does_not_cover_the_delivery() throws Exception {
        cut(1);
        Stop betweenAppendAndRegister = new Stop();
        Thread request = stoppedAfterAppending(1, betweenAppendAndRegister);
        Thread mailbox = start("mailbox", () -> durability.complete(1));

        Stop.awaitBlocked(mailbox);
        betweenAppendAndRegister.release();
        Stop.awaitEnd(request);
        Stop.awaitEnd(mailbox);
        settleHandedOver();

        assertThat(settlements.of(1)).isEmpty();
    }

    @Test
    void a_close_between_append_and_register_waits_and_then_settles_the_receipt_lost()
            throws Exception {
        Stop betweenAppendAndRegister = new Stop();
        Thread request = stoppedAfterAppending(1, betweenAppendAndRegister);
        Thread closer = start("closer", durability::close);

        Stop.awaitBlocked(closer);
        betweenAppendAndRegister.release();
        Stop.awaitEnd(request);
        Stop.awaitEnd(closer);
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    @Test
    void a_deadline_between_append_and_register_stands_and_nothing_is_retained() throws Exception {
        Stop betweenAppendAndRegister = new Stop();
        Receipt receipt = settlements.receipt(1);
        Thread request = stoppedAfterAppending(receipt, betweenAppendAndRegister);

        assertThat(receipt.settle(EXPIRED)).isTrue();
        betweenAppendAndRegister.release();
        Stop.awaitEnd(request);

        assertThat(durability.pending()).isZero();
        cut(1);
        complete(1);
        assertThat(settlements.of(1)).containsExactly(EXPIRED);
        assertThat(lane).as("the event stays and will be processed").containsExactly(1L);
    }

    // --- between register and cut ---

    @Test
    void a_completion_between_register_and_cut_settles_nothing() {
        append(1);

        complete(1);

        assertThat(settlements.of(1)).isEmpty();
        assertThat(durability.pending()).isEqualTo(1);
    }

    @Test
    void a_close_between_register_and_cut_settles_lost_and_the_cut_finds_nothing_to_seal() {
        append(1);

        durability.close();
        cut(1);
        complete(1);

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    // --- inside the cut, between the snapshot and the seal ---

    @Test
    void an_append_between_snapshot_and_seal_waits_and_falls_into_the_next_epoch()
            throws Exception {
        append(1);
        Stop betweenSnapshotAndSeal = new Stop();
        Thread mailbox = stoppedAfterTheSnapshot(1, betweenSnapshotAndSeal);
        Thread request = start("request", () -> append(2));

        Stop.awaitBlocked(request);
        assertThat(lane).containsExactly(1L);
        betweenSnapshotAndSeal.release();
        Stop.awaitEnd(mailbox);
        Stop.awaitEnd(request);
        complete(1);

        assertThat(snapshot.get()).containsExactly(1L);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
        assertThat(settlements.of(2)).as("no early yes").isEmpty();
    }

    @Test
    void a_close_between_snapshot_and_seal_waits_and_settles_the_sealed_epoch_lost()
            throws Exception {
        append(1);
        Stop betweenSnapshotAndSeal = new Stop();
        Thread mailbox = stoppedAfterTheSnapshot(1, betweenSnapshotAndSeal);
        Thread closer = start("closer", durability::close);

        Stop.awaitBlocked(closer);
        betweenSnapshotAndSeal.release();
        Stop.awaitEnd(mailbox);
        Stop.awaitEnd(closer);
        complete(1);

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    @Test
    void a_deadline_between_snapshot_and_seal_does_not_wait_for_the_gate() throws Exception {
        Receipt receipt = append(1);
        Stop betweenSnapshotAndSeal = new Stop();
        Thread mailbox = stoppedAfterTheSnapshot(1, betweenSnapshotAndSeal);

        assertThat(receipt.settle(EXPIRED)).isTrue();
        betweenSnapshotAndSeal.release();
        Stop.awaitEnd(mailbox);
        complete(1);

        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    // --- between cut and complete ---

    @Test
    void an_append_between_cut_and_complete_stays_open() {
        append(1);
        cut(1);
        append(2);

        complete(1);

        assertThat(settlements.of(1)).containsExactly(DURABLE);
        assertThat(settlements.of(2)).isEmpty();
    }

    @Test
    void a_deadline_between_cut_and_complete_is_the_one_answer() {
        Receipt receipt = append(1);
        cut(1);

        receipt.settle(EXPIRED);
        complete(1);

        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void a_close_between_cut_and_complete_settles_lost_though_the_delivery_may_survive() {
        append(1);
        cut(1);

        durability.close();
        complete(1);

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    // --- between complete and settle ---

    @Test
    void a_deadline_between_complete_and_settle_is_the_one_answer() {
        Receipt receipt = append(1);
        cut(1);
        durability.complete(1);

        receipt.settle(EXPIRED);
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void a_close_between_complete_and_settle_does_not_take_back_the_yes() {
        append(1);
        cut(1);
        durability.complete(1);

        durability.close();
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void a_listener_that_stands_still_keeps_nobody_from_appending_or_cutting() throws Exception {
        Stop insideTheAnswer = new Stop();
        Receipt slow = new Receipt(1, (receipt, settlement) -> insideTheAnswer.here());
        durability.append(slow, () -> lane.add(1L));
        cut(1);
        durability.complete(1);
        Thread settler = start("settler", this::settleHandedOver);
        insideTheAnswer.awaitReached();

        append(2);
        cut(2);
        durability.complete(2);
        assertThat(snapshot.get()).containsExactly(1L, 2L);

        insideTheAnswer.release();
        Stop.awaitEnd(settler);
        settleHandedOver();
        assertThat(settlements.of(2)).containsExactly(DURABLE);
    }

    private Receipt append(long id) {
        Receipt receipt = settlements.receipt(id);
        assertThat(durability.append(receipt, () -> lane.add(id))).isTrue();
        return receipt;
    }

    private void cut(long checkpointId) {
        snapshot.set(durability.cut(checkpointId, () -> List.copyOf(lane)));
    }

    private void complete(long checkpointId) {
        durability.complete(checkpointId);
        settleHandedOver();
    }

    private void settleHandedOver() {
        for (Runnable batch = handedOver.poll(); batch != null; batch = handedOver.poll()) {
            batch.run();
        }
    }

    private Thread stoppedAfterAppending(long id, Stop stop) {
        return stoppedAfterAppending(settlements.receipt(id), stop);
    }

    private Thread stoppedAfterAppending(Receipt receipt, Stop stop) {
        Thread request =
                start(
                        "request",
                        () ->
                                durability.append(
                                        receipt,
                                        () -> {
                                            lane.add(receipt.id());
                                            stop.here();
                                            return true;
                                        }));
        stop.awaitReached();
        return request;
    }

    private Thread stoppedAfterTheSnapshot(long checkpointId, Stop stop) {
        Thread mailbox =
                start(
                        "mailbox",
                        () ->
                                durability.cut(
                                        checkpointId,
                                        () -> {
                                            snapshot.set(List.copyOf(lane));
                                            stop.here();
                                            return null;
                                        }));
        stop.awaitReached();
        return mailbox;
    }

    private static Thread start(String name, Runnable steps) {
        Thread thread = new Thread(steps, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
