/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdentityTest {

    private static final byte[] DIGEST = {7};

    @Test
    void ids_with_one_hash_code_are_told_apart_by_their_order() {
        EventIdentity one = event("orders", "AaBB");
        EventIdentity other = event("orders", "BBAa");

        assertThat(one.hashCode()).isEqualTo(other.hashCode());
        assertThat(one).isNotEqualTo(other).isLessThan(other);
        assertThat(event("a", "x")).isNotEqualTo(event("b", "x")).isLessThan(event("b", "x"));
        assertThat(one).isEqualByComparingTo(event("orders", "AaBB"));
    }

    @Test
    void further_bodies_of_an_id_are_told_apart_from_it_and_from_each_other() {
        EventIdentity first = event("orders", "evt");
        EventIdentity second = new EventIdentity("orders", "evt", new byte[] {8}).ofFurtherBody();
        EventIdentity third = new EventIdentity("orders", "evt", new byte[] {9}).ofFurtherBody();
        EventIdentity same = new EventIdentity("orders", "evt", new byte[] {9}).ofFurtherBody();

        assertThat(first).isNotEqualTo(second).isLessThan(second);
        assertThat(second).isNotEqualTo(third).isLessThan(third);
        assertThat(third).isEqualTo(same).hasSameHashCodeAs(same).isEqualByComparingTo(same);
        assertThat(third.costBytes()).isEqualTo(first.costBytes());
    }

    private static EventIdentity event(String stream, String id) {
        return new EventIdentity(stream, id, DIGEST);
    }
}
