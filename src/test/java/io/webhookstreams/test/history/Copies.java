/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what a stream that is not deduplicated has more than once in the output, although all
 * copies of an event bear its id and its bytes. What may be:
 *
 * <ol>
 *   <li>No delivery stands there twice: a lane and a sequence have one record, whatever strikes.
 *   <li>Within one attempt of the source, an event has at most one record in each lane. A lane
 *       belongs to one reader, which appends an event once: what comes while that is pending joins
 *       it, and what comes later finds it durable.
 *   <li>Within one attempt, an event has at most as many records as the source has readers: each
 *       has its own memory, and a retry that reaches another TaskManager is another reader's.
 *   <li>Between attempts anything may be: the new readers remember what their restored lanes hold
 *       and nothing else, and to which of them lanes were moved makes no difference.
 * </ol>
 *
 * <p>Two records are of one attempt if none began from when the first one's headers came until a
 * moment after the second one's did; what has taken longer from there into its lane is excused. One
 * thread.
 */
final class Copies {

    /**
     * From a request's headers to its lane it takes a few milliseconds, unless all stands still.
     */
    static final Duration MOMENT = Duration.ofSeconds(1);

    /**
     * A record in the output.
     *
     * @param receivedAt when its request's headers had come
     */
    record Copy(int lane, long sequence, Instant receivedAt) {}

    private final Map<String, List<Copy>> byEvent = new HashMap<>();

    /** Returns whether it is the first one of its event. */
    boolean add(String eventId, Copy copy) {
        List<Copy> copies = byEvent.computeIfAbsent(eventId, fresh -> new ArrayList<>(1));
        copies.add(copy);
        return copies.size() == 1;
    }

    int events() {
        return byEvent.size();
    }

    /** How many events have more than one record. */
    long repeated() {
        return byEvent.values().stream().filter(copies -> copies.size() > 1).count();
    }

    /** What may not be. */
    List<String> problems(SourceAttempts attempts) {
        List<String> problems = new ArrayList<>();
        byEvent.forEach(
                (event, copies) -> {
                    copies.sort(Comparator.comparing(Copy::receivedAt));
                    for (int i = 0; i < copies.size(); i++) {
                        judge(event, copies.subList(i, copies.size()), attempts, problems);
                    }
                });
        return problems;
    }

    /** The first of these against those that came later. */
    private static void judge(
            String event, List<Copy> copies, SourceAttempts attempts, List<String> problems) {
        Copy first = copies.get(0);
        int ofThisAttempt = 1;
        for (Copy later : copies.subList(1, copies.size())) {
            boolean sameLane = later.lane() == first.lane();
            if (sameLane && later.sequence() == first.sequence()) {
                problems.add("%s: one delivery twice, %s".formatted(event, first));
            }
            if (attempts.beganWithin(first.receivedAt(), later.receivedAt().plus(MOMENT))) {
                continue;
            }
            ofThisAttempt++;
            if (sameLane) {
                problems.add(
                        "%s: %s and %s (expected: one record in a lane and attempt)"
                                .formatted(event, first, later));
            }
        }
        int readers = attempts.readersAt(first.receivedAt());
        if (ofThisAttempt > readers) {
            problems.add(
                    "%s: %d records in the attempt of %s (expected: at most %d, one for each reader)"
                            .formatted(event, ofThisAttempt, first.receivedAt(), readers));
        }
    }
}
