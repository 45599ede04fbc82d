/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may come: a token bucket.
 *
 * @param requests that each period gives back, evenly over it
 * @param burst the most at once, after a pause that was long enough
 */
public record RateLimit(int requests, Duration period, int burst) implements Serializable {

    /** The most of either; a bucket counts tokens and nanoseconds in whole numbers. */
    static final int MOST = 1_000_000;

    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})/(s|min|h)");

    /**
     * Parses {@code 100/s}, {@code 600/min} or {@code 1000/h}; the burst is as large as the number.
     *
     * @throws IllegalArgumentException if it is none of these, or the number is too large
     */
    static RateLimit parse(String rate) {
        Matcher parts = RATE.matcher(rate.trim());
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > MOST) {
            throw new IllegalArgumentException("rate: " + rate);
        }
        int requests = Integer.parseInt(parts.group(1));
        Duration period =
                switch (parts.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "min" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new RateLimit(requests, period, requests);
    }

    RateLimit withBurst(int most) {
        return new RateLimit(requests, period, most);
    }

    /** In the long run, in whole requests; at least 1. */
    int perMinute() {
        return (int) Math.max(1, requests * 60L / period.toSeconds());
    }
}
