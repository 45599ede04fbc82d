/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;

class FetchBudgetTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    private final FetchBudget budget = new FetchBudget(0);

    @Test
    void what_was_not_tried_may_start_again() {
        assertThat(started(0)).isEqualTo(FetchBudget.MOST_OF_MANY);

        budget.giveBackNew(CLIENT);

        assertThat(started(0)).isEqualTo(1);
    }

    @Test
    void what_was_not_tried_of_the_minute_before_is_no_room_in_this_one() {
        assertThat(started(0)).isEqualTo(FetchBudget.MOST_OF_MANY);
        assertThat(budget.takeNew(CLIENT, MINUTE)).isTrue();

        for (int i = 0; i < FetchBudget.MOST_OF_MANY; i++) {
            budget.giveBackNew(CLIENT);
        }

        assertThat(started(MINUTE)).isEqualTo(FetchBudget.MOST_OF_MANY);
    }

    /** How many more may start, of one client's. */
    private int started(long now) {
        int count = 0;
        while (budget.takeNew(CLIENT, now)) {
            count++;
        }
        return count;
    }
}
