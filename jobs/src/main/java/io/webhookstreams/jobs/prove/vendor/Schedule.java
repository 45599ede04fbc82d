/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a vendor sends an event again, in its own time. Either a list of delays or growing ones.
 *
 * @param delays one per retry, the last one for all that follow; empty where they grow
 * @param first the first delay of growing ones; null where there is a list
 * @param factor by which each is longer than the one before
 * @param longest none is longer; null where there is a list
 * @param within no retry after which all delays together are longer; null for no such bound
 * @param times at most so many retries
 * @param jitter part of a delay by which it may be shorter or longer, 0 to 1
 */
public record Schedule(
        List<Duration> delays,
        Duration first,
        double factor,
        Duration longest,
        Duration within,
        int times,
        double jitter) {

    public Schedule {
        delays = List.copyOf(delays);
    }

    /** These delays and no more. */
    public static Schedule listed(List<Duration> delays) {
        return new Schedule(delays, null, 1, null, null, delays.size(), 0);
    }

    /** Without end. */
    public static Schedule growing(Duration first, double factor, Duration longest) {
        return new Schedule(List.of(), first, factor, longest, null, Integer.MAX_VALUE, 0);
    }

    /**
     * The delay before a retry.
     *
     * @param retry 1 for the first
     * @param random from 0 to 1
     * @return none when the event is given up
     */
    Optional<Duration> delay(int retry, double random) {
        if (retry > times || isTooLate(retry)) {
            return Optional.empty();
        }
        return Optional.of(times(plain(retry), 1 + jitter * (2 * random - 1)));
    }

    /** By the delays alone: how long answers took is real time, and may not count as scaled. */
    private boolean isTooLate(int retry) {
        if (within == null) {
            return false;
        }
        Duration after = Duration.ZERO;
        for (int i = 1; i <= retry; i++) {
            after = after.plus(plain(i));
        }
        return after.compareTo(within) > 0;
    }

    private Duration plain(int retry) {
        return first == null ? delays.get(Math.min(retry, delays.size()) - 1) : grown(retry);
    }

    private Duration grown(int retry) {
        double seconds = seconds(first) * Math.pow(factor, retry - 1);
        if (first.isZero()) {
            seconds = retry == 1 ? 0 : Math.pow(factor, retry - 2);
        }
        return ofSeconds(Math.min(seconds, seconds(longest)));
    }

    static Duration times(Duration duration, double factor) {
        return ofSeconds(seconds(duration) * factor);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
