/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.webhookstreams.auth.RetryAfterForm.Unit;
import io.webhookstreams.connector.config.RetryAfterSettings;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How long a refused sender is asked to wait: at least 1 s, and jittered, so that senders who were
 * refused together do not come back together. Any thread.
 */
public final class RetryAfter {

    private final Supplier<RandomGenerator> random;

    /**
     * @param random gives a generator that the calling thread may use
     */
    public RetryAfter(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /** Between {@code least} and twice that, both included; 1 where {@code least} is below. */
    public int seconds(int least) {
        int floor = Math.max(1, least);
        return floor + random.get().nextInt(floor + 1);
    }

    /**
     * The header's value: between {@code wait} and twice that, both included, but at least 1 s and
     * at most what the stream's senders honour, in the unit in which they read it after that
     * status. A longer wait is shortened so far that there is room for jitter.
     */
    public String value(Duration wait, int status, RetryAfterSettings form) {
        Unit unit = form.unitAfter(status);
        long second = unit == Unit.SECONDS ? 1 : 1_000;
        long most = in(unit, form.most());
        long floor = Math.max(second, Math.min(roundedUp(wait, unit), most / 2));
        return Long.toString(Math.min(most, floor + random.get().nextLong(floor + 1)));
    }

    private static long roundedUp(Duration wait, Unit unit) {
        long whole = in(unit, wait);
        boolean exact = of(unit, whole).compareTo(wait) >= 0;
        return exact ? whole : whole + 1;
    }

    private static long in(Unit unit, Duration time) {
        return unit == Unit.SECONDS ? time.toSeconds() : time.toMillis();
    }

    private static Duration of(Unit unit, long number) {
        return unit == Unit.SECONDS ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
