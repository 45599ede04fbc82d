/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CadenceTest {

    private static final String JOB = "job-of-the-test";

    private final List<String> told = new ArrayList<>();
    private final List<Cadence> joined = new ArrayList<>();

    @AfterEach
    void leave() {
        joined.forEach(Cadence::close);
    }

    @Test
    void a_source_rests_when_nothing_waits_and_not_any_longer() {
        Cadence orders = join(JOB, "orders", true);
        assertThat(told).as("what an earlier one may have left").containsExactly("orders: false");
        told.clear();

        orders.waiting(false);
        orders.waiting(false);
        assertThat(orders.isResting()).isTrue();
        orders.waiting(true);
        assertThat(orders.isResting()).isFalse();

        assertThat(told).containsExactly("orders: true", "orders: false");
    }

    @Test
    void no_source_rests_while_another_ones_deliveries_wait() {
        Cadence orders = join(JOB, "orders", true);
        Cadence refunds = join(JOB, "refunds", true);
        told.clear();

        orders.waiting(false);
        assertThat(told).isEmpty();
        refunds.waiting(false);
        assertThat(told).containsExactly("orders: true", "refunds: true");
        told.clear();

        orders.waiting(true);
        assertThat(told).containsExactly("orders: false", "refunds: false");
    }

    @Test
    void a_source_without_checkpoints_on_demand_lets_nobody_rest_and_is_told_nothing() {
        Cadence orders = join(JOB, "orders", true);
        told.clear();
        orders.waiting(false);

        Cadence usual = join(JOB, "usual", false);
        usual.waiting(false);

        assertThat(told).containsExactly("orders: true", "orders: false");
        assertThat(orders.isResting()).isFalse();

        usual.close();
        assertThat(orders.isResting()).isTrue();
    }

    @Test
    void jobs_have_nothing_to_do_with_each_other() {
        Cadence orders = join(JOB, "orders", true);
        join("another-job", "others", true);

        orders.waiting(false);

        assertThat(orders.isResting()).isTrue();
    }

    private Cadence join(String job, String source, boolean onDemand) {
        Cadence cadence = Cadence.join(job, onDemand, rare -> told.add(source + ": " + rare));
        joined.add(cadence);
        return cadence;
    }
}
