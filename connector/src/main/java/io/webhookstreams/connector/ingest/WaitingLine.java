/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.config.PolicySettings;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Those of one stream whose reading is put off, in order of arrival, and those whose turn it is. It
 * belongs to the stream and not to a version of its options. Any thread may join and end a turn;
 * one at a time lets go. Never blocks.
 */
final class WaitingLine {

    /** What a delivery's headers and metadata take in the queue beside its body, about. */
    private static final long BYTES_BESIDE_BODY = 1_024;

    /** For a body whose length is not declared: a usual one. */
    private static final long UNDECLARED_BYTES = 8 * 1_024;

    /** A turn takes no longer than this part of the longest wait. */
    private static final int TURNS_PER_WAIT = 4;

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places = new AtomicInteger();

    /** In order of their beginning, also those that are over, until {@link #forgetTurns}. */
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();

    private final AtomicInteger turnsNow = new AtomicInteger();
    private final AtomicLong bytesOfTurns = new AtomicLong();

    /** One that waits; {@code metrics} are those that count it. */
    record Waiting(
            Incoming request, Consumer<Incoming> goOn, long sinceNanos, StreamMetrics metrics) {

        boolean isDue(long nowNanos) {
            return nowNanos - sinceNanos >= policy().maxWait().toNanos();
        }

        long bytes() {
            long declared = request.exchange().declaredLength();
            return BYTES_BESIDE_BODY + (declared < 0 ? UNDECLARED_BYTES : declared);
        }

        private PolicySettings policy() {
            return request.endpoint().settings().policy();
        }
    }

    /** Whether a stream puts off a request that comes now and finds nobody waiting. */
    static boolean isTooFull(Endpoint endpoint) {
        return endpoint.readers().isOverHighWater(endpoint.settings().name())
                || !endpoint.room().wouldFit(Admission.HELD_REQUEST_BYTES);
    }

    /** Whether somebody waits. */
    boolean isOccupied() {
        return places.get() > 0;
    }

    /** Behind all others. False: all places are taken, and nothing happened. */
    boolean join(Waiting last) {
        if (!takePlace(last.policy().maxWaiting())) {
            return false;
        }
        last.metrics().paused();
        waiting.add(last);
        return true;
    }

    /**
     * Takes out whoever has waited for long enough, and of the others those at the head for whom
     * there is room, beside those whose turn it is already. Each of them has a turn now.
     */
    void letGo(long nowNanos, Consumer<Waiting> next) {
        forgetTurns(nowNanos);
        boolean mayGo = true;
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting head = each.next();
            mayGo = mayGo && hasRoomFor(head);
            if (mayGo || head.isDue(nowNanos)) {
                each.remove();
                places.decrementAndGet();
                head.metrics().resumed();
                begin(head, nowNanos);
                next.accept(head);
            }
        }
    }

    /** Whether nobody waits, and there is no turn to reckon with. */
    boolean isIdle() {
        return !isOccupied() && turns.isEmpty();
    }

    private boolean hasRoomFor(Waiting head) {
        Endpoint endpoint = head.request().endpoint();
        if (isTooFull(endpoint)) {
            return false;
        }
        int before = turnsNow.get();
        // Alone, the head of the line is treated as if there were no line.
        return before == 0
                || (endpoint.room().wouldFit((before + 1L) * Admission.HELD_REQUEST_BYTES)
                        && endpoint.readers()
                                .hasRoomFor(
                                        endpoint.settings().name(),
                                        before + 1,
                                        bytesOfTurns.get() + head.bytes()));
    }

    private void begin(Waiting head, long nowNanos) {
        long longest = head.policy().maxWait().toNanos() / TURNS_PER_WAIT;
        Turn turn = new Turn(this, head.bytes(), nowNanos + longest);
        turnsNow.incrementAndGet();
        bytesOfTurns.addAndGet(turn.bytes());
        turns.add(turn);
        head.request().hasTurn(turn);
    }

    /** By {@link Turn#end} alone. */
    void ended(Turn turn) {
        turnsNow.decrementAndGet();
        bytesOfTurns.addAndGet(-turn.bytes());
    }

    private boolean takePlace(int most) {
        int before;
        do {
            before = places.get();
            if (before >= most) {
                return false;
            }
        } while (!places.compareAndSet(before, before + 1));
        return true;
    }

    private void forgetTurns(long nowNanos) {
        for (Turn first = turns.peek();
                first != null && (first.isOver() || first.hasEnded(nowNanos));
                first = turns.peek()) {
            first.end();
            turns.remove();
        }
    }
}
