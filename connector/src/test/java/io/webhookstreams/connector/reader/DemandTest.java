/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.enumerator.CheckpointDemand;

import org.apache.flink.api.connector.source.SourceEvent;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What a reader with checkpoints on demand tells the enumerator. */
class DemandTest {

    private static final Duration IDLE_AFTER = Duration.ofSeconds(1);

    private final ReaderUnderTest test = ReaderUnderTest.onDemand(IDLE_AFTER, 0);
    private long checkpoint;

    @Test
    void after_the_start_a_first_checkpoint_is_wanted_and_then_none() {
        test.advance(IDLE_AFTER);
        test.reader.snapshotState(1);
        assertThat(told()).isEmpty();

        test.complete(1);

        assertThat(told()).containsExactly(new CheckpointDemand(1, false));
    }

    @Test
    void the_first_delivery_after_a_rest_asks_for_a_checkpoint_and_the_others_do_not() {
        rest();

        test.offer(0, "a");
        test.offer(0, "b");

        assertThat(told()).containsExactly(new CheckpointDemand(2, true));
    }

    @Test
    void a_delivery_that_is_answered_on_append_is_to_be_durable_soon_as_well() {
        rest();

        test.offer(0, Deliveries.draft("a"), Tier.ACCEPT);

        assertThat(told()).containsExactly(new CheckpointDemand(2, true));
    }

    @Test
    void while_deliveries_keep_coming_nothing_is_told() {
        rest();
        test.offer(0, "a");
        told();

        for (int i = 0; i < 10; i++) {
            completeCheckpoint();
            test.advance(IDLE_AFTER.dividedBy(2));
            test.offer(0, "b");
        }
        assertThat(told()).isEmpty();

        test.advance(IDLE_AFTER);
        completeCheckpoint();
        assertThat(told()).containsExactly(new CheckpointDemand(3, false));
    }

    @Test
    void what_was_appended_after_the_barrier_waits_for_another_checkpoint() {
        test.advance(IDLE_AFTER);
        test.reader.snapshotState(1);
        test.advance(Duration.ofMillis(1));
        test.offer(0, "late");
        test.advance(IDLE_AFTER);

        test.complete(1);

        assertThat(told()).isEmpty();
    }

    @Test
    void while_none_completes_it_goes_on_wanting_one() {
        rest();
        test.offer(0, "a");
        told();

        test.advance(Duration.ofHours(1));
        test.reader.snapshotState(++checkpoint);
        test.reader.notifyCheckpointAborted(checkpoint);

        assertThat(told()).isEmpty();
    }

    @Test
    void without_checkpoints_on_demand_nothing_is_ever_told() {
        ReaderUnderTest usual = ReaderUnderTest.withFreshLanes(0);
        usual.context.clearSentEvents();
        usual.advance(Duration.ofMinutes(1));
        usual.reader.snapshotState(1);
        usual.complete(1);
        usual.offer(0, "a");
        usual.server.runSettlements();

        assertThat(usual.context.getSentEvents()).isEmpty();
    }

    private void rest() {
        test.advance(IDLE_AFTER);
        completeCheckpoint();
        assertThat(told()).containsExactly(new CheckpointDemand(1, false));
        test.advance(Duration.ofHours(1));
    }

    private void completeCheckpoint() {
        test.advance(Duration.ofMillis(1));
        test.reader.snapshotState(++checkpoint);
        test.advance(Duration.ofMillis(1));
        test.complete(checkpoint);
    }

    /** Since the last look. */
    private List<SourceEvent> told() {
        test.server.runSettlements();
        List<SourceEvent> events = List.copyOf(test.context.getSentEvents());
        test.context.clearSentEvents();
        return events;
    }
}
