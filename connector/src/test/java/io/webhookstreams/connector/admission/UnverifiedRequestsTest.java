/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.junit.jupiter.api.Test;

class UnverifiedRequestsTest {

    private final ByteBudget budget = new ByteBudget("unverified", 100);
    private final ListenerMetrics metrics =
            new ListenerMetrics(budget, new ByteBudget("held", 0), () -> 0);
    private long now = 1_000;
    private final UnverifiedRequests requests = new UnverifiedRequests(budget, metrics, () -> now);

    @Test
    void the_slowest_is_cut_to_make_room() {
        FakeRequest slow = aRequestStartedAt(0);
        FakeRequest quick = aRequestStartedAt(900);
        assertThat(slow.takes(50)).isTrue();
        assertThat(quick.takes(50)).isTrue();

        FakeRequest next = aRequestStartedAt(990);

        assertThat(next.takes(50)).isTrue();
        assertThat(slow.cut).isTrue();
        assertThat(quick.cut).isFalse();
        assertThat(metrics.cutSoFar()).isEqualTo(1);
    }

    @Test
    void one_that_is_itself_the_slowest_is_refused() {
        FakeRequest quick = aRequestStartedAt(990);
        assertThat(quick.takes(90)).isTrue();

        FakeRequest slow = aRequestStartedAt(0);

        assertThat(slow.takes(50)).isFalse();
        assertThat(quick.cut).isFalse();
        assertThat(budget.used()).isEqualTo(90);
    }

    @Test
    void one_that_holds_nothing_is_never_cut_for_room() {
        FakeRequest idle = aRequestStartedAt(0);
        FakeRequest big = aRequestStartedAt(0);
        assertThat(big.takes(100)).isTrue();

        assertThat(aRequestStartedAt(990).takes(100)).isTrue();

        assertThat(idle.cut).isFalse();
        assertThat(big.cut).isTrue();
    }

    @Test
    void one_that_is_over_takes_nothing_and_cuts_nobody() {
        FakeRequest other = aRequestStartedAt(0);
        assertThat(other.takes(100)).isTrue();
        FakeRequest over = aRequestStartedAt(990);
        over.crowdedOut();

        assertThat(over.takes(10)).isFalse();
        assertThat(other.cut).isFalse();
    }

    @Test
    void more_than_the_whole_budget_is_refused_after_all_others_were_cut() {
        assertThat(aRequestStartedAt(0).takes(101)).isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void the_sweeper_ends_those_that_are_late_and_no_others() {
        FakeRequest late = aRequestStartedAt(0);
        FakeRequest early = aRequestStartedAt(1_000);
        now = 10_000;

        requests.sweep();

        assertThat(late.late).isTrue();
        assertThat(early.late).isFalse();
        assertThat(requests.size()).isEqualTo(1);
    }

    private FakeRequest aRequestStartedAt(long nanos) {
        FakeRequest request = new FakeRequest(nanos);
        requests.enter(request);
        return request;
    }

    /** A body that takes ten thousand nanoseconds at most. */
    private final class FakeRequest implements Unverified {
        private final long started;
        private final Permit permit = requests.emptyPermit();
        private boolean cut;
        private boolean late;

        FakeRequest(long started) {
            this.started = started;
        }

        boolean takes(long bytes) {
            return requests.charge(this, permit, bytes);
        }

        @Override
        public long heldBytes() {
            return permit.bytes();
        }

        @Override
        public long startedNanos() {
            return started;
        }

        @Override
        public long dueNanos() {
            return started + 10_000;
        }

        @Override
        public boolean isOver() {
            return cut || late;
        }

        @Override
        public boolean tooSlow() {
            late = true;
            return end();
        }

        @Override
        public boolean crowdedOut() {
            cut = true;
            return end();
        }

        private boolean end() {
            requests.leave(this);
            permit.close();
            return true;
        }
    }
}
