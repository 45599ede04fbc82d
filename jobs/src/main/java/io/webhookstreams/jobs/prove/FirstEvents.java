/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends one event to each stream, all the way into the files, so that a wrong setting is told as
 * that and not as a loss. Caller's thread.
 */
final class FirstEvents {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Plan plan;
    private final Journal journal;
    private final Arrivals arrivals;
    private final CountDownLatch stopped;

    /** Gives up early when it is stopped. */
    FirstEvents(Plan plan, Journal journal, Arrivals arrivals, CountDownLatch stopped) {
        this.plan = plan;
        this.journal = journal;
        this.arrivals = arrivals;
        this.stopped = stopped;
    }

    /**
     * Returns when all of them have come out.
     *
     * @param longest for the way into the files
     * @throws WrongSettingException if one does not
     */
    void send(Duration longest, Consumer<String> progress)
            throws WrongSettingException, IOException, InterruptedException {
        List<Plan.Sender> senders = plan.first();
        for (Plan.Sender sender : senders) {
            awaitAnswer(sender);
        }
        progress.accept("the first event is answered 2xx; waiting until it is in the files");
        for (Plan.Sender sender : senders) {
            awaitArrival(sender.profile().name() + "-1", longest);
        }
        requireOwnTypes();
    }

    private void awaitAnswer(Plan.Sender sender)
            throws WrongSettingException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int known = journal.attemptCount();
        try (Vendor vendor =
                Vendor.start(sender.profile(), sender.endpoints(), journal, plan.seed())) {
            while (!vendor.isDone() && !isStopped()) {
                for (; known < journal.attemptCount(); known++) {
                    judge(journal.attempts().get(known), System.nanoTime() - end > 0);
                }
                requireAnswer(sender, end);
            }
        }
    }

    /** One that was sent just before the end may take as long as its sender waits. */
    private static void requireAnswer(Plan.Sender sender, long end) throws WrongSettingException {
        Duration deadline = sender.profile().habits().deadline();
        if (System.nanoTime() - end > deadline.toNanos()) {
            throw new WrongSettingException(
                    "url",
                    sender.endpoints().next() + ": none",
                    "an answer within %d s".formatted(PATIENCE.plus(deadline).toSeconds()));
        }
    }

    private static void judge(Attempt attempt, boolean isLast) throws WrongSettingException {
        if (attempt.answer() instanceof Answer.Refused refused) {
            String what = attempt.to() + ": " + refused.title();
            if (refused.status() == 401 || refused.status() == 403) {
                throw new WrongSettingException(
                        "stream-secret", what, "the secret of the stream, and its auth.type");
            }
            if (isLast || (refused.status() < 500 && refused.status() != 429)) {
                throw new WrongSettingException("url", what, "2xx for an event");
            }
        } else if (attempt.answer() instanceof Answer.Silence silence && isLast) {
            throw new WrongSettingException(
                    "url", attempt.to() + ": " + silence.why(), "an answer of the job");
        }
    }

    private void awaitArrival(String id, Duration longest)
            throws WrongSettingException, IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        arrivals.readNew();
        while (!arrivals.hasSeen(id) && !isStopped()) {
            if (System.nanoTime() - end > 0) {
                throw new WrongSettingException(
                        "output",
                        plan.events().toString(),
                        "the event %s in a finished file below it within %d s"
                                .formatted(id, longest.toSeconds()));
            }
            arrivals.readNew();
        }
    }

    private void requireOwnTypes() throws WrongSettingException {
        if (arrivals.typeOfOthers().isPresent()) {
            throw new WrongSettingException(
                    "counts",
                    "events have type " + arrivals.typeOfOthers().get(),
                    "a stream with event-type: json:/type, so that the counts of this run can be"
                            + " told");
        }
    }

    private boolean isStopped() throws InterruptedException {
        return stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
