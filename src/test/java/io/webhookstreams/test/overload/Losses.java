/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.overload;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a stream that sheds, by what its vendor, a reader of the files and a reader of the metrics
 * can see. What docs/overload.md says is written down here once more.
 *
 * <ol>
 *   <li>At every instant at which the account of shed deliveries was read, kills or not, it was
 *       within the budget's part of the attempts that can have come in by then.
 *   <li>What was answered 2xx and did not come out is not in the sample, and no more than the
 *       account says.
 *   <li>The account says no more than that, and what was sent again because its answer was lost.
 *   <li>A record that stands for others is in the sample, and says the sample's rate.
 * </ol>
 */
final class Losses {

    private static final long MILLION = 1_000_000;

    /** The account of shed deliveries at some instant before that. */
    private record Reading(Instant before, long shed) {}

    private final String stream;
    private final double keep;
    private final long budgetPpm;
    private final List<Reading> readings = new ArrayList<>();

    /** One {@code shed.window} must be longer than the run. */
    Losses(String stream, double keep, long budgetPpm) {
        this.stream = stream;
        this.keep = keep;
        this.budgetPpm = budgetPpm;
    }

    /**
     * Takes what the account said.
     *
     * @param after an instant at which it had been read
     */
    void add(long shed, Instant after) {
        readings.add(new Reading(after, shed));
    }

    private long lastReading() {
        return readings.get(readings.size() - 1).shed();
    }

    /**
     * What is wrong; empty when all is well.
     *
     * @param attempts all of the stream
     * @param missing the events that were answered 2xx and are not in the files
     * @param lines the records of the stream in the files
     */
    List<String> problems(
            List<Attempt> attempts, Collection<String> missing, List<JsonNode> lines) {
        List<String> problems = new ArrayList<>();
        long counted = lastReading();
        long unsure = unsureEvents(attempts).size();
        if (counted < missing.size() || counted > missing.size() + unsure) {
            problems.add(
                    "counted as shed: %d (expected: %d, which did not come out, to %d)"
                            .formatted(counted, missing.size(), missing.size() + unsure));
        }
        long[] come = comeMicros(attempts);
        readings.forEach(reading -> overspent(reading, come, problems));
        missing.stream()
                .filter(this::isInSample)
                .forEach(id -> problems.add(id + ": lost (expected: kept, as in the sample)"));
        lines.forEach(line -> wrongRate(line, problems));
        return problems;
    }

    private void overspent(Reading reading, long[] comeMicros, List<String> problems) {
        long come = come(reading, comeMicros);
        if (reading.shed() * MILLION > budgetPpm * come) {
            problems.add(
                    "%s: %d shed of %d (expected: at most %d of a million)"
                            .formatted(reading.before(), reading.shed(), come, budgetPpm));
        }
    }

    /** The part of the budget that was spent at the reading that came closest to it; 1 for all. */
    double mostSpent(List<Attempt> attempts) {
        long[] come = comeMicros(attempts);
        return readings.stream()
                .filter(reading -> reading.shed() > 0)
                .mapToDouble(r -> r.shed() * (double) MILLION / (budgetPpm * come(r, come)))
                .max()
                .orElse(0);
    }

    /** When the attempts were sent that the lanes' accounts can know, in order. */
    private static long[] comeMicros(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.answer().isAccepted() || isUnsure(attempt.answer()))
                .mapToLong(attempt -> micros(attempt.at()))
                .sorted()
                .toArray();
    }

    private static long come(Reading reading, long[] comeMicros) {
        long before = micros(reading.before());
        return Arrays.stream(comeMicros).takeWhile(at -> at < before).count();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Set<String> unsureEvents(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> isUnsure(attempt.answer()))
                .map(Attempt::eventId)
                .collect(Collectors.toSet());
    }

    /** Whether its delivery can have come in, and the sender does not know. */
    private static boolean isUnsure(Answer answer) {
        if (answer instanceof Answer.Silence silence) {
            return !silence.why().startsWith("java.net.ConnectException");
        }
        return answer instanceof Answer.Refused refused
                && refused.code().filter("not_durable_in_time"::equals).isPresent();
    }

    private void wrongRate(JsonNode line, List<String> problems) {
        JsonNode rate = line.path("sampling_rate");
        String id = line.required("event_id").asText();
        if (!rate.isMissingNode() && (rate.asDouble() != keep || !isInSample(id))) {
            problems.add(
                    "%s: sampling rate %s (expected: %s, in the sample)".formatted(id, rate, keep));
        }
    }

    private boolean isInSample(String eventId) {
        return (ByteBuffer.wrap(hash(eventId)).getLong() >>> 11) / 0x1p53 < keep;
    }

    private byte[] hash(String eventId) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((stream + "\0" + eventId).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
