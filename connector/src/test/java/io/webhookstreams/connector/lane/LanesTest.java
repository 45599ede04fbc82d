/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class LanesTest {

    private static final int LIMIT = 100_000;

    private QueueBudget budget;
    private Lanes lanes;

    @BeforeEach
    void setUp() {
        budget = new QueueBudget(LIMIT, List.of());
        lanes = new Lanes(budget);
    }

    @Test
    void sequences_count_per_lane_from_zero() throws IOException {
        hold(0, 4);
        append(4, "a");
        append(0, "b");
        append(4, "c");

        assertThat(drain()).containsExactly("4/0 a", "0/0 b", "4/1 c");
        append(4, "d");
        assertThat(drain()).containsExactly("4/2 d");
    }

    @Test
    void lanes_take_turns() throws IOException {
        hold(0, 1);
        append(0, "a");
        append(0, "b");
        append(0, "c");
        append(1, "x");

        assertThat(drain()).containsExactly("0/0 a", "1/0 x", "0/1 b", "0/2 c");
    }

    @Test
    void what_was_restored_comes_before_anything_new() throws IOException {
        LaneSplit restored = splitOf(1, "a", "b");
        hold(0);
        lanes.add(restored);
        append(0, "new");
        append(1, "newer");

        assertThat(drain()).containsExactly("1/0 a", "1/1 b", "0/0 new", "1/2 newer");
    }

    @Test
    void a_snapshot_holds_what_is_queued_and_the_head_until_it_is_finished() {
        hold(2);
        append(2, "a");
        append(2, "b");

        Head head = lanes.next();
        head.emittedOne();
        assertThat(lanes.snapshot().get(0).queue()).hasSize(2);
        assertThat(lanes.snapshot().get(0).emittedOfHead()).isEqualTo(1);

        lanes.finish(head);
        LaneSplit after = lanes.snapshot().get(0);
        assertThat(after.queue()).hasSize(1);
        assertThat(after.emittedOfHead()).isZero();
        assertThat(after.nextSequence()).isEqualTo(2);
    }

    @Test
    void a_snapshot_is_not_changed_by_what_follows() throws IOException {
        hold(0);
        append(0, "a");
        LaneSplit snapshot = lanes.snapshot().get(0);

        append(0, "b");
        drain();

        assertThat(snapshot.queue()).hasSize(1);
        assertThat(snapshot.nextSequence()).isEqualTo(1);
    }

    @Test
    void bytes_return_when_a_delivery_leaves() throws IOException {
        hold(0);
        append(0, "a");
        assertThat(budget.used()).isPositive();

        drain();

        assertThat(budget.used()).isZero();
        assertThat(lanes.deliveries()).isZero();
    }

    @Test
    void what_is_restored_beyond_the_budget_is_taken_and_keeps_new_ones_out() throws IOException {
        lanes.add(splitOf(0, "x".repeat(LIMIT - 1_000), "y".repeat(5_000)));

        assertThat(budget.used()).isGreaterThan(LIMIT);
        assertThat(budget.tryTake("orders", 1)).isNull();

        drain();
        assertThat(budget.used()).isZero();
        assertThat(budget.tryTake("orders", 1)).isNotNull();
    }

    @Test
    void clearing_returns_all_bytes() {
        hold(0, 1);
        append(0, "a");
        append(1, "b");
        lanes.next();

        lanes.clear();

        assertThat(budget.used()).isZero();
        assertThat(lanes.ids()).isEmpty();
        assertThat(lanes.next()).isNull();
    }

    @Test
    void a_lane_that_is_not_held_is_refused() {
        hold(1, 3);

        assertThatThrownBy(() -> append(2, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lane: 2 (expected: one of [1, 3])");
    }

    @Test
    void a_lane_is_held_once() {
        hold(1);

        assertThatThrownBy(() -> hold(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lane: 1 (expected: one that this reader does not hold yet)");
    }

    private void hold(int... ids) {
        for (int id : ids) {
            lanes.add(LaneSplit.fresh(id));
        }
    }

    private void append(int lane, String body) {
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.draft(body));
        lanes.append(lane, wire, budget.tryTake("orders", wire.length));
    }

    private static LaneSplit splitOf(int lane, String... bodies) {
        QueueBudget boundless = new QueueBudget(Long.MAX_VALUE, List.of());
        Lanes elsewhere = new Lanes(boundless);
        elsewhere.add(LaneSplit.fresh(lane));
        for (String body : bodies) {
            byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.draft(body));
            elsewhere.append(lane, wire, boundless.tryTake("orders", wire.length));
        }
        return elsewhere.snapshot().get(0);
    }

    private List<String> drain() throws IOException {
        List<String> drained = new ArrayList<>();
        for (Head head = lanes.next(); head != null; head = lanes.next()) {
            WebhookDelivery delivery = WebhookDeliveryWire.read(head.wire());
            drained.add(
                    delivery.lane()
                            + "/"
                            + delivery.sequence()
                            + " "
                            + Deliveries.textOf(delivery));
            lanes.finish(head);
        }
        return drained;
    }
}
