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
    void a_streams_crowd_costs_another_stream_nothing_however_slow_it_is() {
        FakeRequest alone = aRequestOf("calm", 1, 0);
        assertThat(alone.takes(10)).isTrue();
        FakeRequest first = aRequestOf("noisy", 1, 900);
        assertThat(first.takes(50)).isTrue();
        FakeRequest second = aRequestOf("noisy", 1, 990);
        assertThat(second.takes(40)).isTrue();

        assertThat(aRequestOf("noisy", 1, 999).takes(40)).isTrue();

        assertThat(first.cut).isTrue();
        assertThat(alone.cut).isFalse();
        assertThat(second.cut).isFalse();
    }

    @Test
    void a_request_is_taken_at_the_cost_of_the_largest_crowd_though_it_is_the_slowest() {
        FakeRequest noisy = aRequestOf("noisy", 1, 999);
        assertThat(noisy.takes(95)).isTrue();

        assertThat(aRequestOf("calm", 1, 0).takes(10)).isTrue();

        assertThat(noisy.cut).isTrue();
    }

    @Test
    void a_stream_may_have_more_by_its_weight() {
        FakeRequest heavy = aRequestOf("heavy", 3, 0);
        assertThat(heavy.takes(60)).isTrue();
        FakeRequest light = aRequestOf("light", 1, 900);
        assertThat(light.takes(40)).isTrue();

        assertThat(aRequestOf("heavy", 3, 990).takes(20)).isTrue();

        assertThat(light.cut).isTrue();
        assertThat(heavy.cut).isFalse();
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
        return aRequestOf("orders", 1, nanos);
    }

    private FakeRequest aRequestOf(String stream, int weight, long startedNanos) {
        FakeRequest request = new FakeRequest(stream, weight, startedNanos);
        requests.enter(request);
        return request;
    }

    /** A body that takes ten thousand nanoseconds at most. */
    private final class FakeRequest implements Unverified {
        private final String stream;
        private final int weight;
        private final long started;
        private final Permit permit = requests.emptyPermit();
        private boolean cut;
        private boolean late;

        FakeRequest(String stream, int weight, long started) {
            this.stream = stream;
            this.weight = weight;
            this.started = started;
        }

        boolean takes(long bytes) {
            return requests.charge(this, permit, bytes);
        }

        @Override
        public String stream() {
            return stream;
        }

        @Override
        public int weight() {
            return weight;
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
