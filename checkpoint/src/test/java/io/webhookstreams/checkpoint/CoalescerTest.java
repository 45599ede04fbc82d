/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Coalescer.Outcome.APPENDED;
import static io.webhookstreams.checkpoint.Coalescer.Outcome.CONFLICTING;
import static io.webhookstreams.checkpoint.Coalescer.Outcome.JOINED;
import static io.webhookstreams.checkpoint.Coalescer.Outcome.REFUSED;
import static io.webhookstreams.checkpoint.Settlement.DURABLE;
import static io.webhookstreams.checkpoint.Settlement.EXPIRED;
import static io.webhookstreams.checkpoint.Settlement.LOST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.checkpoint.Coalescer.Outcome;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What becomes of a retry, at every instant of the delivery that it is a retry of. */
class CoalescerTest {

    private static final long ROOM = 1 << 16;

    private final Gate gate = new Gate();
    private final Settlements settlements = new Settlements();
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong();
    private final CheckpointDurability checkpoint =
            new CheckpointDurability(gate, handedOver::add, nanos::get);
    private final AcceptDurability accept = new AcceptDurability(gate);
    private final Coalescer coalescer = new Coalescer(gate, checkpoint, ROOM);
    private final List<String> lane = new ArrayList<>();
    private long next;

    // --- while it is pending ---

    @Test
    void a_retry_of_what_is_pending_is_not_appended_and_settles_with_it() {
        assertThat(offer("a")).isEqualTo(APPENDED);
        assertThat(offer("a")).isEqualTo(JOINED);
        assertThat(lane).containsExactly("a");

        cut(1);
        assertThat(settlements.order()).as("no early yes").isEmpty();
        complete(1);

        assertThat(settlements.of(0)).containsExactly(DURABLE);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void a_retry_promises_what_the_first_one_does_and_not_what_it_was_offered_as() {
        Receipt lost = appendLost("a", "body");
        Receipt ofLost = settlements.receipt(next++);
        append(ofLost, "a", "body");
        offer("b");
        Receipt ofKept = appendLost("b", "body");
        cut(1);
        complete(1);
        Receipt later = settlements.receipt(next++);

        assertThat(append(later, "a", "body")).isEqualTo(Outcome.DURABLE);
        assertThat(lost.isOfLoss()).as("its own, for the caller to say").isFalse();
        assertThat(ofLost.isOfLoss()).isTrue();
        assertThat(ofKept.isOfLoss()).isFalse();
        assertThat(later.isOfLoss()).isTrue();
    }

    @Test
    void a_retry_after_the_barrier_does_not_wait_for_the_next_one() {
        offer("a");
        cut(1);
        assertThat(offer("a")).isEqualTo(JOINED);

        complete(1);

        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void what_was_appended_after_the_barrier_is_no_reason_for_an_early_yes() {
        cut(1);
        offer("a");
        offer("a");

        complete(1);
        assertThat(settlements.order()).isEmpty();

        cut(2);
        complete(2);
        assertThat(settlements.order()).containsExactly(0L, 1L);
    }

    @Test
    void a_retry_joins_though_the_first_request_has_expired_and_is_forgotten() {
        Receipt first = settlements.receipt(next++);
        append(first, "a", "body");
        first.settle(EXPIRED);
        cut(1);
        assertThat(checkpoint.pending()).as("and looks for settled ones").isZero();

        assertThat(offer("a")).isEqualTo(JOINED);
        complete(1);

        assertThat(settlements.of(0)).containsExactly(EXPIRED);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
        assertThat(offer("a")).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void all_requests_of_an_epoch_may_expire_and_its_events_are_durable_all_the_same() {
        Receipt first = settlements.receipt(next++);
        append(first, "a", "body");
        first.settle(EXPIRED);
        assertThat(checkpoint.pending()).isZero();
        cut(1);

        complete(1);

        assertThat(offer("a")).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void each_request_has_its_own_end() {
        offer("a");
        Receipt impatient = settlements.receipt(next++);
        assertThat(append(impatient, "a", "body")).isEqualTo(JOINED);
        assertThat(offer("a")).isEqualTo(JOINED);

        impatient.settle(EXPIRED);
        cut(1);
        complete(1);

        assertThat(settlements.of(0)).containsExactly(DURABLE);
        assertThat(settlements.of(1)).containsExactly(EXPIRED);
        assertThat(settlements.of(2)).containsExactly(DURABLE);
    }

    @Test
    void a_retry_waits_since_it_came_and_the_oldest_is_the_oldest_still() {
        nanos.set(5);
        Receipt first = settlements.receipt(next++);
        append(first, "a", "body");
        cut(1);
        nanos.set(7);
        offer("b");
        nanos.set(9);
        offer("a");
        first.settle(EXPIRED);
        nanos.set(10);

        assertThat(checkpoint.oldestPendingNanos()).as("that of b").isEqualTo(3);
        assertThat(checkpoint.pending()).isEqualTo(2);
    }

    @Test
    void who_waits_for_a_checkpoint_without_an_append_is_told() {
        AtomicLong joins = new AtomicLong();
        Coalescer telling = new Coalescer(gate, checkpoint, ROOM, joins::incrementAndGet);

        assertThat(offer(telling, 1)).isEqualTo(APPENDED);
        assertThat(joins).hasValue(0);
        assertThat(offer(telling, 1)).isEqualTo(JOINED);
        EventIdentity event = event("evt-0001", "body");
        assertThat(telling.append(accept, event, settlements.receipt(next++), () -> true))
                .as("waits for nothing")
                .isEqualTo(JOINED);
        assertThat(joins).hasValue(1);

        cut(1);
        complete(1);
        assertThat(offer(telling, 1)).isEqualTo(Outcome.DURABLE);
        assertThat(joins).hasValue(1);
    }

    // --- aborts, failures, close ---

    @Test
    void an_aborted_checkpoint_makes_nothing_durable_and_the_next_one_settles_all() {
        offer("a");
        cut(1);
        offer("a");
        checkpoint.abort(1);

        assertThat(offer("a")).isEqualTo(JOINED);
        assertThat(settlements.order()).isEmpty();

        cut(2);
        complete(2);
        assertThat(settlements.order()).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(offer("a")).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void close_loses_all_that_have_joined_and_says_nothing_more() {
        offer("a");
        cut(1);
        offer("a");
        offer("b");
        offer("b");

        checkpoint.close();
        settleHandedOver();
        assertThat(offer("a")).isEqualTo(REFUSED);
        complete(1);

        for (long id = 0; id < 4; id++) {
            assertThat(settlements.of(id)).containsExactly(LOST);
        }
        assertThat(settlements.of(4)).isEmpty();
        assertThat(lane).containsExactly("a", "b");
    }

    @Test
    void a_closed_reader_says_no_yes_from_memory() {
        offer("a");
        cut(1);
        complete(1);

        checkpoint.close();
        accept.close();

        assertThat(offer("a")).isEqualTo(REFUSED);
        assertThat(offer(accept, "a")).isEqualTo(REFUSED);
    }

    @Test
    void what_was_not_appended_is_not_known() {
        Receipt receipt = settlements.receipt(next++);
        assertThat(coalescer.append(checkpoint, event("a", "body"), receipt, () -> false))
                .isEqualTo(REFUSED);
        assertThatThrownBy(
                        () ->
                                coalescer.append(
                                        checkpoint,
                                        event("b", "body"),
                                        settlements.receipt(next++),
                                        () -> {
                                            throw new IllegalArgumentException("lane: gone");
                                        }))
                .hasMessage("lane: gone");

        assertThat(coalescer.bytes()).isZero();
        assertThat(offer("a")).isEqualTo(APPENDED);
        assertThat(offer("b")).isEqualTo(APPENDED);
    }

    @Test
    void a_retry_joins_where_nothing_can_be_appended() {
        offer("a");

        Receipt retry = settlements.receipt(next++);
        assertThat(coalescer.append(checkpoint, event("a", "body"), retry, () -> false))
                .isEqualTo(JOINED);
    }

    // --- once it is durable ---

    @Test
    void a_retry_of_what_is_durable_is_known_at_once_and_keeps_its_receipt() {
        offer("a");
        cut(1);
        complete(1);

        assertThat(offer("a")).isEqualTo(Outcome.DURABLE);

        assertThat(lane).containsExactly("a");
        assertThat(settlements.of(1)).isEmpty();
        assertThat(checkpoint.pending()).isZero();
    }

    @Test
    void whether_it_is_durable_can_be_asked_without_offering_it() {
        Receipt receipt = settlements.receipt(next++);
        assertThat(coalescer.isDurable(event("a", "body"), receipt)).as("unknown").isFalse();
        offer("a");
        assertThat(coalescer.isDurable(event("a", "body"), receipt)).as("pending").isFalse();
        cut(1);
        assertThat(coalescer.isDurable(event("a", "body"), receipt)).as("snapshot").isFalse();
        complete(1);

        assertThat(coalescer.isDurable(event("a", "body"), receipt)).isTrue();
        assertThat(coalescer.isDurable(event("a", "another"), receipt)).isFalse();
        assertThat(receipt.isOfLoss()).isFalse();
        assertThat(settlements.of(0)).as("it stays the caller's").isEmpty();
        assertThat(lane).hasSize(1);
    }

    @Test
    void what_is_durable_as_lost_is_said_to_be_so() {
        Receipt unused = appendLost("a", "body");
        cut(1);
        complete(1);
        Receipt retry = settlements.receipt(next++);

        assertThat(coalescer.isDurable(event("a", "body"), retry)).isTrue();
        assertThat(retry.isOfLoss()).isTrue();
    }

    @Test
    void nothing_is_durable_for_who_asks_after_the_close() {
        offer("a");
        cut(1);
        complete(1);

        checkpoint.close();

        assertThat(coalescer.isDurable(event("a", "body"), settlements.receipt(next++))).isFalse();
    }

    @Test
    void what_was_restored_is_durable() {
        coalescer.restored(event("a", "body"));

        assertThat(offer("a")).isEqualTo(Outcome.DURABLE);
        assertThat(append(settlements.receipt(next++), "a", "another")).isEqualTo(CONFLICTING);
    }

    @Test
    void what_is_restored_changes_nothing_about_what_is_pending() {
        offer("a");

        coalescer.restored(event("a", "body"));

        assertThat(offer("a")).isEqualTo(JOINED);
    }

    // --- tier accept ---

    @Test
    void in_the_accept_tier_a_retry_of_what_is_appended_is_answered_as_the_first_was() {
        assertThat(offer(accept, "a")).isEqualTo(APPENDED);
        assertThat(offer(accept, "a")).isEqualTo(JOINED);

        assertThat(lane).containsExactly("a");
        assertThat(settlements.order()).containsExactly(0L, 1L);
    }

    @Test
    void a_yes_of_the_accept_tier_is_none_for_the_checkpoint_tier() {
        offer(accept, "a");

        assertThat(offer("a")).isEqualTo(JOINED);
        assertThat(settlements.of(1)).isEmpty();

        cut(1);
        complete(1);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
        assertThat(offer(accept, "a")).isEqualTo(Outcome.DURABLE);
    }

    // --- another body, another stream ---

    @Test
    void the_same_id_with_another_body_is_appended_once_and_both_are_known() {
        assertThat(offer("a", "body")).isEqualTo(APPENDED);
        assertThat(offer("a", "another")).isEqualTo(CONFLICTING);
        assertThat(offer("a", "another")).isEqualTo(JOINED);
        assertThat(offer("a", "body")).isEqualTo(JOINED);
        cut(1);
        assertThat(offer("a", "a third")).isEqualTo(CONFLICTING);

        assertThat(lane).hasSize(3);
        complete(1);
        assertThat(settlements.order()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(offer("a", "another")).isEqualTo(Outcome.DURABLE);
        assertThat(offer("a", "body")).isEqualTo(Outcome.DURABLE);
        assertThat(offer("a", "a third")).isEqualTo(JOINED);
    }

    @Test
    void of_an_id_with_two_bodies_each_retry_promises_what_its_own_first_one_does() {
        offer("a", "body");
        Receipt unused = appendLost("a", "another");
        Receipt ofKept = settlements.receipt(next++);
        Receipt ofLost = settlements.receipt(next++);
        append(ofKept, "a", "body");
        append(ofLost, "a", "another");

        assertThat(ofKept.isOfLoss()).isFalse();
        assertThat(ofLost.isOfLoss()).isTrue();
    }

    @Test
    void a_restored_id_with_two_bodies_is_durable_with_both() {
        coalescer.restored(event("a", "body"));
        coalescer.restored(event("a", "another"));
        coalescer.restored(event("a", "another"));

        assertThat(coalescer.bytes()).isEqualTo(2 * event("a", "body").costBytes());
        assertThat(offer("a", "body")).isEqualTo(Outcome.DURABLE);
        assertThat(offer("a", "another")).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void the_same_id_of_another_stream_is_another_event() {
        offer("a");

        EventIdentity other = new EventIdentity("refunds", "a", digest("body"));
        assertThat(coalescer.append(checkpoint, other, settlements.receipt(1), () -> true))
                .isEqualTo(APPENDED);
    }

    // --- bounded ---

    @Test
    void the_oldest_that_are_durable_are_forgotten_first() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 10 * cost);
        for (int i = 0; i < 10; i++) {
            assertThat(offer(small, i)).isEqualTo(APPENDED);
        }
        cut(1);
        complete(1);

        assertThat(offer(small, 10)).isEqualTo(APPENDED);

        assertThat(small.bytes()).isEqualTo(10 * cost);
        assertThat(small.notRemembered()).isZero();
        assertThat(offer(small, 1)).isEqualTo(Outcome.DURABLE);
        assertThat(offer(small, 0)).as("forgotten").isEqualTo(APPENDED);
    }

    @Test
    void none_that_is_pending_is_forgotten_and_what_has_no_room_is_counted() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 10 * cost);
        for (int i = 0; i < 15; i++) {
            assertThat(offer(small, i)).isEqualTo(APPENDED);
        }

        assertThat(small.bytes()).isEqualTo(10 * cost);
        assertThat(small.notRemembered()).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            assertThat(offer(small, i)).isEqualTo(JOINED);
        }
        assertThat(offer(small, 12)).isEqualTo(APPENDED);
    }

    /** Or else every append would walk past all that is pending, under the gate. */
    @Test
    void a_pending_one_ends_the_search_for_what_may_be_forgotten() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 2 * cost);
        assertThat(offer(small, 0)).isEqualTo(APPENDED);
        small.restored(event("evt-0001", "body"));

        assertThat(offer(small, 2)).isEqualTo(APPENDED);

        assertThat(small.notRemembered()).isEqualTo(1);
        assertThat(offer(small, 1)).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void what_is_larger_than_all_the_memory_pushes_nothing_out() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 2 * cost);
        small.restored(event("evt-0000", "body"));

        small.restored(event("x".repeat(1_000), "body"));

        assertThat(small.bytes()).isEqualTo(cost);
        assertThat(small.notRemembered()).isEqualTo(1);
    }

    @Test
    void a_pending_body_of_an_id_is_known_however_old_the_first_one_is() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 3 * cost);
        small.restored(event("evt-0000", "body"));
        small.restored(event("evt-0001", "body"));
        assertThat(offer(small, 0, "another")).isEqualTo(CONFLICTING);
        assertThat(offer(small, 2, "body")).as("in place of 1").isEqualTo(APPENDED);
        assertThat(offer(small, 3, "body")).as("nothing may go for it").isEqualTo(APPENDED);

        assertThat(small.notRemembered()).isEqualTo(1);
        assertThat(offer(small, 0, "another")).isEqualTo(JOINED);
        assertThat(offer(small, 0, "body")).isEqualTo(Outcome.DURABLE);
    }

    @Test
    void a_first_body_that_goes_to_make_room_for_another_of_its_id_leaves_it_the_place() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, cost);
        small.restored(event("evt-0000", "body"));

        assertThat(offer(small, 0, "another")).isEqualTo(CONFLICTING);

        assertThat(small.bytes()).isEqualTo(cost);
        assertThat(offer(small, 0, "another")).isEqualTo(JOINED);
        assertThat(small.notRemembered()).isZero();
    }

    @Test
    void the_bodies_of_an_id_take_no_more_room_than_there_is() {
        long cost = event("evt-0000", "body").costBytes();
        Coalescer small = new Coalescer(gate, checkpoint, 3 * cost);
        for (int i = 0; i < 100; i++) {
            assertThat(offer(small, 0, "body " + i).isAppended()).isTrue();
            cut(i);
            complete(i);
            assertThat(small.bytes()).isLessThanOrEqualTo(3 * cost);
            assertThat(offer(small, 0, "body " + i)).isEqualTo(Outcome.DURABLE);
        }
        assertThat(small.notRemembered()).isZero();
    }

    @Test
    void without_memory_everything_is_appended() {
        Coalescer none = new Coalescer(gate, checkpoint, 0);

        assertThat(offer(none, 1)).isEqualTo(APPENDED);
        assertThat(offer(none, 1)).isEqualTo(APPENDED);
    }

    @Test
    void clear_forgets_and_gives_everything_back() {
        offer("a");
        coalescer.clear();

        assertThat(coalescer.bytes()).isZero();
        assertThat(offer("a")).isEqualTo(APPENDED);
    }

    private Outcome offer(String eventId) {
        return append(settlements.receipt(next++), eventId, "body");
    }

    private Outcome offer(Durability tier, String eventId) {
        Receipt receipt = settlements.receipt(next++);
        return coalescer.append(tier, event(eventId, "body"), receipt, () -> lane.add(eventId));
    }

    private Outcome offer(String eventId, String body) {
        return append(settlements.receipt(next++), eventId, body);
    }

    private Outcome offer(Coalescer other, int number) {
        return offer(other, number, "body");
    }

    private Outcome offer(Coalescer other, int number, String body) {
        EventIdentity event = event("evt-%04d".formatted(number), body);
        return other.append(checkpoint, event, settlements.receipt(next++), () -> true);
    }

    private Outcome append(Receipt receipt, String eventId, String body) {
        return coalescer.append(checkpoint, event(eventId, body), receipt, () -> lane.add(eventId));
    }

    private Receipt appendLost(String eventId, String body) {
        Receipt receipt = settlements.receipt(next++);
        EventIdentity event = new EventIdentity("orders", eventId, digest(body), true);
        Outcome unused = coalescer.append(checkpoint, event, receipt, () -> true);
        return receipt;
    }

    private static EventIdentity event(String eventId, String body) {
        return new EventIdentity("orders", eventId, digest(body));
    }

    private static byte[] digest(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private void cut(long checkpointId) {
        assertThat(checkpoint.<Integer>cut(checkpointId, lane::size)).isNotNull();
    }

    private void complete(long checkpointId) {
        checkpoint.complete(checkpointId);
        settleHandedOver();
    }

    private void settleHandedOver() {
        for (Runnable batch = handedOver.poll(); batch != null; batch = handedOver.poll()) {
            batch.run();
        }
    }
}
