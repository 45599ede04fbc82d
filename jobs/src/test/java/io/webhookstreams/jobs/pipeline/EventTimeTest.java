/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.NOW;
import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class EventTimeTest {

    private static final Duration MAX_FUTURE = Duration.ofMinutes(5);

    private final EventTime eventTime = new EventTime(MAX_FUTURE);

    @Test
    void an_event_counts_at_the_time_its_vendor_says() {
        assertThat(at(NOW.minusSeconds(60))).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void an_event_without_a_time_counts_at_its_receipt() {
        assertThat(at(null)).isEqualTo(NOW);
    }

    @Test
    void a_time_up_to_max_future_ahead_is_believed_and_none_beyond() {
        assertThat(at(NOW.plus(MAX_FUTURE))).isEqualTo(NOW.plus(MAX_FUTURE));
        assertThat(at(NOW.plus(MAX_FUTURE).plusMillis(1))).isEqualTo(NOW);
        assertThat(at(Instant.MAX)).isEqualTo(NOW);
    }

    @Test
    void a_time_before_1970_is_not_believed() {
        assertThat(at(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
        assertThat(at(Instant.EPOCH.minusMillis(1))).isEqualTo(NOW);
    }

    private Instant at(Instant said) {
        return Instant.ofEpochMilli(eventTime.of(aDelivery().at(said).build()));
    }
}
