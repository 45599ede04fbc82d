/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.time.Duration;
import java.util.Optional;

/** What a vendor makes of {@code Retry-After}. The header's time is real time, never scaled. */
public enum RetryAfter {
    IGNORED {
        @Override
        Optional<Duration> pause(Duration planned, Optional<Long> header) {
            return Optional.of(planned);
        }
    },
    SECONDS {
        @Override
        Optional<Duration> pause(Duration planned, Optional<Long> header) {
            return Optional.of(header.map(Duration::ofSeconds).orElse(planned));
        }
    },
    /** Takes the number for milliseconds. */
    MILLISECONDS {
        @Override
        Optional<Duration> pause(Duration planned, Optional<Long> header) {
            return Optional.of(header.map(Duration::ofMillis).orElse(planned));
        }
    },
    /** Between the delay that is planned and twice that. */
    CLAMPED {
        @Override
        Optional<Duration> pause(Duration planned, Optional<Long> header) {
            Duration asked = header.map(Duration::ofSeconds).orElse(planned);
            Duration most = planned.multipliedBy(2);
            Duration atLeast = asked.compareTo(planned) < 0 ? planned : asked;
            return Optional.of(atLeast.compareTo(most) > 0 ? most : atLeast);
        }
    },
    /** A 429 or 503 is sent again only where the header asks for less than a minute. */
    ONLY_UNDER_60 {
        @Override
        Optional<Duration> pause(Duration planned, Optional<Long> header) {
            return header.filter(seconds -> seconds < 60).map(Duration::ofSeconds);
        }
    };

    /**
     * The pause before the next attempt, in real time.
     *
     * @param planned by the vendor's schedule
     * @param header as a number, none where it is absent or no number
     * @return none when the event is given up
     */
    abstract Optional<Duration> pause(Duration planned, Optional<Long> header);
}
