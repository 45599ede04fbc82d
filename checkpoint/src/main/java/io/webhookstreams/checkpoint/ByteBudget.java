/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes and no more, whoever is sending. Bytes are taken as {@link Permit}s and return when
 * these close. Lock-free; any thread; never waits: what does not fit is refused, and the caller
 * says so to its sender.
 */
public final class ByteBudget extends Budget {

    private final String name;
    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param name says what the bytes are for, in metrics and messages
     * @param limitBytes 0 or more; 0 admits only empty permits
     */
    public ByteBudget(String name, long limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException(
                    name + ": " + limitBytes + " bytes (expected: >= 0)");
        }
        this.name = name;
        this.limitBytes = limitBytes;
    }

    /**
     * A permit for {@code bytes} (0 or more), to be closed by the caller; or null when they do not
     * fit: nothing is taken.
     */
    public Permit tryAcquire(long bytes) {
        return take(bytes) ? new Permit(this, bytes) : null;
    }

    /** Bytes out on permits, at some instant between call and return. */
    public long used() {
        return used.get();
    }

    public long limit() {
        return limitBytes;
    }

    /** Bytes that would fit, at some instant between call and return. */
    public long available() {
        return limitBytes - used.get();
    }

    public String name() {
        return name;
    }

    @Override
    boolean take(long bytes) {
        requireNotNegative(bytes);
        long before;
        do {
            before = used.get();
            // Compared by what is left, for the sum could overflow.
            if (bytes > limitBytes - before) {
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        return true;
    }

    @Override
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    static void requireNotNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
    }

    @Override
    public String toString() {
        return name + ": " + used() + " of " + limitBytes + " bytes";
    }
}
