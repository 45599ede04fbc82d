/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How long a body may take: from when it is asked for, whatever its sender has waited before. */
class BodyTimeTest {

    private static final long TIMEOUT = StreamOptions.BODY_TIMEOUT.defaultValue().toNanos();
    private static final long JUST_BEFORE = TIMEOUT - 1;
    private static final long WAIT = Duration.ofMillis(500).toNanos();

    private final AtomicLong clock = new AtomicLong();
    private final TestPath path = new TestPath(clock::get);
    private final Post post = new Post(clock.get());

    @Test
    void it_counts_from_the_headers() {
        path.ingest.arrived(post);
        assertThatBodyIsCutAtItsTime();
    }

    @Test
    void it_counts_from_when_reading_begins_where_reading_was_put_off() {
        path.intake.isOverHighWater(true);
        path.ingest.arrived(post);
        clock.addAndGet(WAIT);
        path.intake.isOverHighWater(false);
        path.pausedReads.sweep();
        assertThatBodyIsCutAtItsTime();
    }

    private void assertThatBodyIsCutAtItsTime() {
        assertThat(path.unverified.size()).isEqualTo(1);
        clock.addAndGet(JUST_BEFORE);
        path.unverified.sweep();
        assertThat(post.answered()).isNull();

        clock.incrementAndGet();
        path.unverified.sweep();
        assertThat(post.answered().status()).isEqualTo(408);
        assertThat(path.unverified.size()).isZero();
    }
}
