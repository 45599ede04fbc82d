/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptDurabilityTest extends DurabilityContract {

    private final AcceptDurability durability = new AcceptDurability(new Gate(), heldSettlers());

    @Override
    Durability durability() {
        return durability;
    }

    @Test
    void it_is_the_accept_tier() {
        assertThat(durability.tier()).isEqualTo(Tier.ACCEPT);
    }

    @Test
    void a_receipt_settles_durable_as_soon_as_its_delivery_is_appended() {
        durability.append(settlements.receipt(1), () -> true);
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(Settlement.DURABLE);
    }

    @Test
    void closing_does_not_take_back_a_yes_that_is_on_its_way() {
        durability.append(settlements.receipt(1), () -> true);

        durability.close();
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(Settlement.DURABLE);
    }
}
