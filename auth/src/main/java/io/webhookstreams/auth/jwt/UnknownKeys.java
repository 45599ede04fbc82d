/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Tells operators, at level DEBUG, which key ids tokens name that no key has: for vendors who give
 * out their keys one by one. Anybody can make up an id, so it is at most one every {@link #PAUSE},
 * and none that could not be one. Any thread; never blocks.
 */
final class UnknownKeys {

    /** From one id that is told to the next. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(UnknownKeys.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,100}");

    private final Consumer<String> told;
    private final LongSupplier nanoClock;
    private final AtomicLong next;

    UnknownKeys(Consumer<String> told, LongSupplier nanoClock) {
        this.told = told;
        this.nanoClock = nanoClock;
        this.next = new AtomicLong(nanoClock.getAsLong());
    }

    /** Logs those of streams of that type. */
    static UnknownKeys logged(String type) {
        return new UnknownKeys(
                id -> LOG.debug("{}: kid {}: no key has this id", type, id), System::nanoTime);
    }

    /** A token names this one; null where it names none. */
    void seen(String id) {
        if (id == null || !ID.matcher(id).matches()) {
            return;
        }
        long now = nanoClock.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE.toNanos())) {
            told.accept(id);
        }
    }
}
