/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Attempts in about 24 bytes each: numbers in arrays, and each endpoint and each different answer
 * once. Of the texts of a silence, which may differ in every attempt, the first of each exception
 * is kept. Not safe: the journal's lock guards it.
 */
final class PackedAttempts {

    private static final int FIRST_ROOM = 1_024;

    private final Pool<URI> endpoints = new Pool<>(uri -> uri);
    private final Pool<Answer> answers = new Pool<>(PackedAttempts::kind);
    private int size;
    private int[] events = new int[FIRST_ROOM];
    private int[] numbers = new int[FIRST_ROOM];
    private int[] to = new int[FIRST_ROOM];
    private int[] answer = new int[FIRST_ROOM];
    private int[] tookMicros = new int[FIRST_ROOM];
    private long[] atMicros = new long[FIRST_ROOM];

    private static Answer kind(Answer answer) {
        return answer instanceof Answer.Silence silence
                ? new Answer.Silence(silence.why().replaceFirst("(?s):.*", ""), silence.late())
                : answer;
    }

    /** The first value of each kind, by its number. */
    private static final class Pool<T> {
        private final UnaryOperator<T> kind;
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> values = new ArrayList<>();

        Pool(UnaryOperator<T> kind) {
            this.kind = kind;
        }

        int number(T value) {
            return numbers.computeIfAbsent(
                    kind.apply(value),
                    fresh -> {
                        values.add(value);
                        return values.size() - 1;
                    });
        }
    }

    int size() {
        return size;
    }

    void add(int event, Attempt attempt) {
        if (size == events.length) {
            grow();
        }
        events[size] = event;
        numbers[size] = attempt.number();
        to[size] = endpoints.number(attempt.to());
        answer[size] = answers.number(attempt.answer());
        tookMicros[size] = (int) Math.min(Integer.MAX_VALUE, attempt.took().toNanos() / 1_000);
        atMicros[size] = ChronoUnit.MICROS.between(Instant.EPOCH, attempt.at());
        size++;
    }

    int event(int i) {
        return events[i];
    }

    int number(int i) {
        return numbers[i];
    }

    Answer answer(int i) {
        return answers.values.get(answer[i]);
    }

    /** Microseconds since 1970. */
    long at(int i) {
        return atMicros[i];
    }

    /** When the answer had come, in microseconds since 1970. */
    long end(int i) {
        return atMicros[i] + tookMicros[i];
    }

    Attempt get(int i, String eventId) {
        return new Attempt(
                eventId,
                numbers[i],
                endpoints.values.get(to[i]),
                Instant.ofEpochSecond(
                        Math.floorDiv(atMicros[i], 1_000_000L),
                        Math.floorMod(atMicros[i], 1_000_000L) * 1_000),
                Duration.ofNanos(tookMicros[i] * 1_000L),
                answer(i));
    }

    /** How often each answer came to some events, where it did. */
    Map<Answer, Long> counts(BitSet of) {
        long[] counts = new long[answers.values.size()];
        for (int i = 0; i < size; i++) {
            counts[answer[i]] += of.get(events[i]) ? 1 : 0;
        }
        Map<Answer, Long> byAnswer = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                byAnswer.put(answers.values.get(i), counts[i]);
            }
        }
        return byAnswer;
    }

    private void grow() {
        int room = size + size / 2;
        events = Arrays.copyOf(events, room);
        numbers = Arrays.copyOf(numbers, room);
        to = Arrays.copyOf(to, room);
        answer = Arrays.copyOf(answer, room);
        tookMicros = Arrays.copyOf(tookMicros, room);
        atMicros = Arrays.copyOf(atMicros, room);
    }
}
