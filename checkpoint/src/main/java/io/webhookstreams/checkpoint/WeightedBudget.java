/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One {@link ByteBudget}, divided among holders so that none of them can use up what another needs.
 * Half of it is guaranteed: each holder has its part of that half, by weight. The other half, and
 * what the division leaves over, is common: whoever has used up its own part borrows there, first
 * come, first served. What nobody has taken of a guaranteed part stays free for its holder.
 *
 * <p>So of <i>C</i> bytes a holder of weight <i>w</i> of <i>W</i> in all has at least <i>C/2 ·
 * w/W</i>, whatever the others do, and {@link ByteShare#most} at most; alone it has all. Taking and
 * giving back is lock-free, on any thread; dividing waits for other divisions only.
 */
public final class WeightedBudget {

    private final ByteBudget total;
    private final AtomicLong borrowed = new AtomicLong();
    private final AtomicLong forced = new AtomicLong();
    private final ByteShare rest = new ByteShare(this);
    private volatile long common;
    private volatile Map<String, ByteShare> shares = Map.of();

    /**
     * Divides nothing yet: all is common.
     *
     * @param total is charged for everything that is taken here
     */
    public WeightedBudget(ByteBudget total) {
        this.total = total;
        this.common = total.limit();
    }

    /**
     * Divides anew. What is out on permits stays out, and counts against the new division: until
     * enough of it has come back, somebody may find less than its part, but never is more than the
     * whole out.
     *
     * @param weights of all holders by their names, 1 or more each
     */
    public synchronized void divide(Map<String, Integer> weights) {
        long sum = weights.values().stream().mapToLong(Integer::longValue).sum();
        Map<String, ByteShare> next = new HashMap<>();
        shares.forEach(
                (name, share) -> {
                    if (!weights.containsKey(name)) {
                        share.guarantee(0);
                    }
                });
        long guaranteed = 0;
        for (Map.Entry<String, Integer> entry : weights.entrySet()) {
            ByteShare share = shares.getOrDefault(entry.getKey(), new ByteShare(this));
            long part = part(entry.getValue(), sum);
            share.guarantee(part);
            guaranteed += part;
            next.put(entry.getKey(), share);
        }
        common = total.limit() - guaranteed;
        shares = Map.copyOf(next);
    }

    /** The share of a holder; of one that no division names, one with nothing guaranteed. */
    public ByteShare share(String name) {
        return shares.getOrDefault(name, rest);
    }

    /** Bytes out on permits, forced ones included, at some instant between call and return. */
    public long used() {
        return total.used() + forced.get();
    }

    /** Bytes that are nobody's in particular. */
    long common() {
        return common;
    }

    /** What of them nobody has borrowed now; below 0 while more is out than the division allows. */
    long unborrowed() {
        return common - borrowed.get();
    }

    /** Takes from the common part; false: it does not fit, nothing was taken. */
    boolean borrow(long bytes) {
        long before;
        do {
            before = borrowed.get();
            // Compared by what is left, for the sum could overflow.
            if (bytes > common - before) {
                return false;
            }
        } while (!borrowed.compareAndSet(before, before + bytes));
        return true;
    }

    /**
     * Takes from the common part whatever is there (positive), or gives back (negative). Mostly 0:
     * within the guaranteed parts the holders share no field that they write.
     */
    void borrowRegardless(long bytes) {
        if (bytes != 0) {
            borrowed.addAndGet(bytes);
        }
    }

    boolean takeFromTotal(long bytes) {
        return total.take(bytes);
    }

    void giveBackToTotal(long bytes) {
        total.giveBack(bytes);
    }

    void force(long bytes) {
        forced.addAndGet(bytes);
    }

    private long part(int weight, long sum) {
        return BigInteger.valueOf(total.limit() / 2)
                .multiply(BigInteger.valueOf(weight))
                .divide(BigInteger.valueOf(sum))
                .longValueExact();
    }
}
