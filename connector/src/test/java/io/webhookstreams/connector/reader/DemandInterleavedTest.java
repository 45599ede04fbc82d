/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.enumerator.CheckpointDemand;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.annotation.Nullable;

/** A delivery that comes while the reader finds that none does: it is not left waiting. */
class DemandInterleavedTest {

    private static final long CUT = 1_000;

    private final List<CheckpointDemand> told = new ArrayList<>();
    private long now;
    @Nullable private Runnable atNextLookAtTheClock;
    @Nullable private Runnable whenNoneIsTold;
    private final Demand demand =
            new Demand(Duration.ofNanos(1), this::clock, Runnable::run, this::tell);

    @Test
    void between_the_look_and_the_end_of_demand() {
        now = 2 * CUT;
        // The last delivery's time has been read by then.
        atNextLookAtTheClock = demand::appended;

        demand.completed(CUT);

        assertThat(told)
                .containsExactly(new CheckpointDemand(1, false), new CheckpointDemand(2, true));
    }

    @Test
    void right_after_the_end_of_demand() {
        now = 2 * CUT;
        whenNoneIsTold = demand::appended;

        demand.completed(CUT);

        assertThat(told)
                .as("not twice")
                .containsExactly(new CheckpointDemand(1, false), new CheckpointDemand(2, true));
    }

    @Test
    void an_append_that_is_overtaken_hides_no_later_one() {
        now = CUT - 1;
        // It has read the clock by then, and notes the time only afterwards.
        atNextLookAtTheClock =
                () -> {
                    now = CUT + 1;
                    demand.appended();
                };
        demand.appended();

        now = 2 * CUT;
        demand.completed(CUT);

        assertThat(told).as("one came after the barrier").isEmpty();
    }

    private long clock() {
        long read = now;
        Runnable first = atNextLookAtTheClock;
        atNextLookAtTheClock = null;
        if (first != null) {
            first.run();
        }
        return read;
    }

    private void tell(CheckpointDemand demanded) {
        told.add(demanded);
        if (!demanded.waits() && whenNoneIsTold != null) {
            whenNoneIsTold.run();
        }
    }
}
