/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every attempt of some vendors, in the order of their answers. About 150 bytes an event and 30 an
 * attempt. Safe from any thread.
 */
public final class Journal {

    /** Each event's number, in the order in which they were first heard of. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final List<String> ids = new ArrayList<>();
    private final BitSet digested = new BitSet();
    private long[] digests = new long[1_024];
    private final PackedAttempts attempts = new PackedAttempts();
    private final BitSet accepted = new BitSet();
    private final Instant started = Instant.now();
    private final long startedAt = System.nanoTime();

    /**
     * Wall time that no one sets back while a run lasts: the same for all vendors.
     *
     * @param nanoTime of {@link System#nanoTime}
     */
    Instant at(long nanoTime) {
        return started.plusNanos(nanoTime - startedAt);
    }

    /** Says, before the first attempt, what is sent: the digest of the event's body. */
    public synchronized void sending(String eventId, long digest) {
        int number = number(eventId);
        if (number >= digests.length) {
            digests = Arrays.copyOf(digests, number + number / 2);
        }
        digests[number] = digest;
        digested.set(number);
    }

    public synchronized void record(Attempt attempt) {
        int event = number(attempt.eventId());
        attempts.add(event, attempt);
        if (attempt.answer().isAccepted()) {
            accepted.set(event);
        }
    }

    private int number(String eventId) {
        return numbers.computeIfAbsent(
                eventId,
                fresh -> {
                    ids.add(fresh);
                    return ids.size() - 1;
                });
    }

    /** How many events were sent so far. */
    public synchronized int events() {
        return ids.size();
    }

    /** How many events were answered 2xx so far. */
    public synchronized int acceptedEvents() {
        return accepted.cardinality();
    }

    /** Whether this event was sent. An attempt of it may still be under way. */
    public synchronized boolean isSent(String eventId) {
        return numbers.containsKey(eventId);
    }

    /** The digest of what was sent under that id, where the sender has told it. */
    public synchronized OptionalLong digest(String eventId) {
        Integer number = numbers.get(eventId);
        return number == null || !digested.get(number)
                ? OptionalLong.empty()
                : OptionalLong.of(digests[number]);
    }

    /** All attempts so far: a view that does not grow, made of short-lived records. */
    public List<Attempt> attempts() {
        int size = attemptCount();
        return new AbstractList<>() {
            @Override
            public Attempt get(int index) {
                return attempt(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** How many attempts are recorded so far. */
    public synchronized int attemptCount() {
        return attempts.size();
    }

    private synchronized Attempt attempt(int index) {
        return attempts.get(index, ids.get(attempts.event(index)));
    }

    /** The ids of all events that were sent at least once. */
    public synchronized Set<String> sent() {
        return Set.copyOf(ids);
    }

    /** The ids of all events that were answered 2xx. */
    public synchronized Set<String> accepted() {
        return accepted.stream().mapToObj(ids::get).collect(Collectors.toUnmodifiableSet());
    }

    /** Calls back with the id of every event that was answered 2xx; nothing else can happen. */
    public synchronized void forEachAccepted(Consumer<String> action) {
        accepted.stream().mapToObj(ids::get).forEach(action);
    }

    /**
     * From when to when each event can have come in, as far as its sender knows: from its first
     * attempt to the 2xx of its only one. By event id, in microseconds since 1970.
     */
    public synchronized Map<String, Span> spans() {
        long[] starts = new long[ids.size()];
        long[] ends = new long[ids.size()];
        int[] counts = new int[ids.size()];
        for (int i = 0; i < attempts.size(); i++) {
            int event = attempts.event(i);
            starts[event] =
                    counts[event] == 0 ? attempts.at(i) : Math.min(starts[event], attempts.at(i));
            ends[event] = attempts.answer(i).isAccepted() ? attempts.end(i) : Long.MAX_VALUE;
            counts[event]++;
        }
        Map<String, Span> spans = new HashMap<>();
        IntStream.range(0, counts.length)
                .filter(event -> counts[event] > 0)
                .forEach(
                        event ->
                                spans.put(
                                        ids.get(event),
                                        new Span(
                                                starts[event],
                                                counts[event] == 1
                                                        ? ends[event]
                                                        : Long.MAX_VALUE)));
        return spans;
    }

    /**
     * When an event can have come in.
     *
     * @param start of its first attempt
     * @param end of its only attempt, if that was answered 2xx; else {@link Long#MAX_VALUE}, for
     *     one of its other attempts may come in later
     */
    public record Span(long start, long end) {}

    /** How often each kind of answer came: what a chaos run prints. */
    public Map<String, Long> summary() {
        return summary(event -> true);
    }

    /** As {@link #summary()}, of the events with such ids. */
    public synchronized Map<String, Long> summary(Predicate<String> eventIds) {
        BitSet events = new BitSet(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            events.set(i, eventIds.test(ids.get(i)));
        }
        Map<String, Long> kinds = new TreeMap<>();
        attempts.counts(events)
                .forEach((answer, count) -> kinds.merge(answer.title(), count, Long::sum));
        return kinds;
    }

    /** Writes one line per attempt, for whoever has to understand a failure. */
    public void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Attempt attempt : attempts()) {
                out.write(attempt.toString());
                out.newLine();
            }
        }
    }
}
