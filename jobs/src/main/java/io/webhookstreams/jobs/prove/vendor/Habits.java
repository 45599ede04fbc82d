/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a vendor waits for answers and sends again.
 *
 * @param deadline how long it waits for an answer; real time
 * @param success the statuses that it takes for a yes; empty for every 2xx
 * @param retried after what it sends again
 * @param atLeast the shortest delay after a status, in the vendor's time
 */
public record Habits(
        String name,
        Source source,
        Duration deadline,
        Set<Integer> success,
        Retried retried,
        Schedule schedule,
        Map<Integer, Duration> atLeast,
        RetryAfter retryAfter) {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATER = Duration.ofMillis(800);

    public Habits {
        success = Set.copyOf(success);
        atLeast = Map.copyOf(atLeast);
    }

    /** Nobody's: sends everything again, soon and without end. */
    public static Habits patient(Duration deadline) {
        return invented("patient", deadline, Schedule.growing(SOON, 2, LATER));
    }

    /** Nobody's: sends nothing again. */
    public static Habits forgetful(Duration deadline) {
        return invented("forgetful", deadline, Schedule.listed(List.of()));
    }

    private static Habits invented(String name, Duration deadline, Schedule schedule) {
        return new Habits(
                name,
                Source.INVENTED,
                deadline,
                Set.of(),
                Retried.EVERYTHING,
                schedule,
                Map.of(),
                RetryAfter.IGNORED);
    }

    boolean isSatisfied(Answer answer) {
        return answer instanceof Answer.Accepted yes
                && (success.isEmpty() || success.contains(yes.status()));
    }

    /**
     * The pause before the next attempt.
     *
     * @param retry 1 for the first retry
     * @param timeScale real time per vendor's time, above 0
     * @param random from 0 to 1
     * @return real time; none when the vendor gives the event up
     */
    Optional<Duration> pause(Answer answer, int retry, double timeScale, double random) {
        if (!retried.after(answer)) {
            return Optional.empty();
        }
        return schedule.delay(retry, random)
                .map(delay -> longer(delay, atLeast.getOrDefault(status(answer), Duration.ZERO)))
                .map(delay -> Schedule.times(delay, timeScale))
                .flatMap(planned -> afterAsked(planned, answer));
    }

    private Optional<Duration> afterAsked(Duration planned, Answer answer) {
        int status = status(answer);
        boolean mayAsk = status == 429 || status == 503;
        return mayAsk ? retryAfter.pause(planned, asked(answer)) : Optional.of(planned);
    }

    private static Optional<Long> asked(Answer answer) {
        return answer instanceof Answer.Refused refused
                ? refused.retryAfter().filter(text -> text.matches("[0-9]{1,6}")).map(Long::valueOf)
                : Optional.empty();
    }

    private static int status(Answer answer) {
        if (answer instanceof Answer.Accepted accepted) {
            return accepted.status();
        }
        return answer instanceof Answer.Refused refused ? refused.status() : 0;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
