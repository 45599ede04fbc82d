/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookDeliveryWire;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

class QueueBudgetTest {

    private static final int LIMIT = 100_000;
    private static final int WIRE = 872;
    private static final int COST = 1_000;

    @Test
    void a_noisy_stream_leaves_another_one_what_is_guaranteed_to_it() {
        QueueBudget budget =
                new QueueBudget(
                        LIMIT,
                        new TestStreams()
                                .with("noisy", s -> {})
                                .with("quiet", s -> s.set(PolicyOptions.WEIGHT, 4))
                                .settings());

        assertThat(takeAll(budget, "noisy")).hasSize(60);
        assertThat(takeAll(budget, "quiet")).hasSize(40);
        assertThat(budget.of("quiet").guaranteedBytes()).isEqualTo(40 * COST);
        assertThat(budget.used()).isEqualTo(LIMIT);
    }

    @Test
    void divided_anew_what_is_queued_counts_for_its_stream() {
        QueueBudget budget =
                new QueueBudget(
                        LIMIT,
                        new TestStreams()
                                .with("noisy", s -> {})
                                .with("quiet", s -> s.set(PolicyOptions.WEIGHT, 4))
                                .settings());
        Deque<QueuePlace> first = takeAll(budget, "noisy");
        assertThat(first).hasSize(60);

        budget.divide(
                new TestStreams()
                        .with("noisy", s -> s.set(PolicyOptions.WEIGHT, 4))
                        .with("quiet", s -> {})
                        .settings());

        assertThat(budget.of("noisy").deliveries()).isEqualTo(60);
        assertThat(takeAll(budget, "noisy")).hasSize(30);
        assertThat(takeAll(budget, "quiet")).hasSize(10);
        first.forEach(QueuePlace::close);
        assertThat(budget.of("noisy").deliveries()).isEqualTo(30);
        assertThat(budget.used()).isEqualTo(40 * COST);
    }

    @Test
    void divided_anew_a_stream_has_the_policy_that_it_is_given() {
        QueueBudget budget = ofOrders(s -> {});
        budget.tryTake("orders", WIRE);

        budget.divide(
                new TestStreams()
                        .with(
                                "orders",
                                s ->
                                        s.set(PolicyOptions.POLICY, Policy.REJECT)
                                                .set(PolicyOptions.HIGH_WATER, 0.5))
                        .settings());

        assertThat(takeAll(budget, "orders")).hasSize(49);
    }

    @Test
    void one_that_rejects_stops_at_the_high_water_and_goes_on_at_the_low_one() {
        QueueBudget budget =
                ofOrders(
                        s ->
                                s.set(PolicyOptions.POLICY, Policy.REJECT)
                                        .set(PolicyOptions.HIGH_WATER, 0.5)
                                        .set(PolicyOptions.LOW_WATER, 0.2));
        Deque<QueuePlace> taken = takeAll(budget, "orders");
        assertThat(taken).hasSize(50);

        while (taken.size() > 21) {
            taken.pop().close();
            assertThat(budget.tryTake("orders", WIRE)).isNull();
        }
        taken.pop().close();
        assertThat(budget.tryTake("orders", WIRE)).isNotNull();
    }

    @Test
    void one_that_queues_takes_until_there_is_no_room() {
        QueueBudget budget = ofOrders(s -> {});

        for (int i = 0; i < 89; i++) {
            assertThat(budget.tryTake("orders", WIRE)).isNotNull();
        }
        assertThat(budget.of("orders").isOverHighWater()).isFalse();
        assertThat(takeAll(budget, "orders")).hasSize(11);
        assertThat(budget.of("orders").isOverHighWater()).isTrue();
    }

    @Test
    void their_number_is_bounded_too_and_has_its_own_waters() {
        QueueBudget budget = ofOrders(s -> s.set(PolicyOptions.MAX_DELIVERIES, 10));
        Deque<QueuePlace> taken = takeAll(budget, "orders");
        assertThat(taken).hasSize(10);
        assertThat(budget.of("orders").deliveries()).isEqualTo(10);
        assertThat(budget.used()).isEqualTo(10 * COST);
        assertThat(budget.of("orders").isOverHighWater()).isTrue();

        taken.forEach(QueuePlace::close);
        taken.forEach(QueuePlace::close);
        assertThat(budget.of("orders").deliveries()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(budget.of("orders").isOverHighWater()).isFalse();
    }

    @Test
    void whoever_finds_all_places_taken_is_over_its_high_water_until_the_low_one() {
        QueueBudget budget = ofOrders(s -> s.set(PolicyOptions.MAX_DELIVERIES, 10));
        Deque<QueuePlace> taken = takeAll(budget, "orders");

        // Nobody asks before there is some room again.
        while (taken.size() > 7) {
            taken.pop().close();
        }
        assertThat(budget.of("orders").isOverHighWater()).isTrue();
        taken.pop().close();
        assertThat(budget.of("orders").isOverHighWater()).isFalse();
    }

    @Test
    void each_of_the_two_ends_at_its_own_low_water() {
        QueueBudget budget = ofOrders(s -> s.set(PolicyOptions.MAX_DELIVERIES, 20));
        StreamQueue orders = budget.of("orders");
        QueuePlace large = orders.tryTake(70_000);
        Deque<QueuePlace> small = new ArrayDeque<>();
        for (int i = 0; i < 17; i++) {
            small.push(orders.tryTake(1_200));
        }
        assertThat(orders.isOverHighWater()).as("both").isTrue();

        large.close();
        assertThat(orders.isOverHighWater()).as("17 of 20, and few bytes").isTrue();

        large = orders.tryTake(70_000);
        assertThat(orders.isOverHighWater()).as("both").isTrue();
        small.forEach(QueuePlace::close);
        assertThat(orders.isOverHighWater()).as("70 % of the bytes, and 1 of 20").isTrue();

        large.close();
        assertThat(orders.isOverHighWater()).isFalse();
    }

    @Test
    void whoever_finds_no_room_because_others_took_it_is_over_its_high_water() {
        QueueBudget budget =
                new QueueBudget(
                        LIMIT,
                        new TestStreams().with("noisy", s -> {}).with("b", s -> {}).settings());
        takeAll(budget, "noisy");
        Deque<QueuePlace> taken = takeAll(budget, "b");
        assertThat(taken).hasSize(25);
        assertThat(budget.of("b").isOverHighWater()).isTrue();

        while (taken.size() > 18) {
            taken.pop().close();
        }
        assertThat(budget.of("b").isOverHighWater()).isFalse();
    }

    @Test
    void the_alert_is_on_at_its_level() {
        QueueBudget budget = ofOrders(s -> s.set(PolicyOptions.ALERT_LEVEL, 0.03));
        budget.tryTake("orders", WIRE);
        budget.tryTake("orders", WIRE);
        assertThat(budget.of("orders").isAlerting()).isFalse();

        budget.tryTake("orders", WIRE);
        assertThat(budget.of("orders").isAlerting()).isTrue();
    }

    @Test
    void their_number_alerts_too() {
        QueueBudget budget =
                ofOrders(
                        s ->
                                s.set(PolicyOptions.MAX_DELIVERIES, 10)
                                        .set(PolicyOptions.ALERT_LEVEL, 0.3));
        budget.tryTake("orders", WIRE);
        budget.tryTake("orders", WIRE);
        assertThat(budget.of("orders").isAlerting()).isFalse();

        budget.tryTake("orders", WIRE);
        assertThat(budget.of("orders").isAlerting()).isTrue();
    }

    @Test
    void what_is_restored_counts_for_the_stream_that_it_is_of() {
        QueueBudget budget =
                new QueueBudget(
                        LIMIT,
                        new TestStreams()
                                .with("orders", s -> {})
                                .with("other", s -> {})
                                .settings());
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.draft("x".repeat(2 * LIMIT)));

        QueuePlace place = budget.takeForRestored(wire);

        assertThat(budget.of("orders").bytes()).isGreaterThan(2 * LIMIT);
        assertThat(budget.of("orders").deliveries()).isEqualTo(1);
        assertThat(budget.tryTake("orders", WIRE)).isNull();
        assertThat(takeAll(budget, "other")).hasSize(25);
        place.close();
        assertThat(takeAll(budget, "orders")).hasSize(75);
    }

    @Test
    void what_nobody_can_read_counts_for_no_stream() {
        QueueBudget budget = ofOrders(s -> {});

        budget.takeForRestored(new byte[] {1, 2, 3});

        assertThat(budget.of("orders").bytes()).isZero();
        assertThat(budget.of("nowhere").deliveries()).isEqualTo(1);
    }

    private static Deque<QueuePlace> takeAll(QueueBudget budget, String stream) {
        Deque<QueuePlace> taken = new ArrayDeque<>();
        for (QueuePlace place = budget.tryTake(stream, WIRE);
                place != null;
                place = budget.tryTake(stream, WIRE)) {
            taken.push(place);
        }
        return taken;
    }

    private static QueueBudget ofOrders(Consumer<Configuration> options) {
        return new QueueBudget(LIMIT, new TestStreams().with("orders", options).settings());
    }
}
