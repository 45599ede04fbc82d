/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.admin.Levels;
import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few requests to every listener while a checkpoint is held, by which one sees later whether a
 * kill hit requests that were there. Used from one thread.
 */
final class Knock {

    /** More than others send to a listener at a moment at which hardly anybody is answered. */
    static final int OF_EACH_LISTENER = 4;

    /** A JobManager is held meanwhile: well below its heartbeats' timeout. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final String vendor;
    private final Journal journal;
    private final int attemptsBefore;
    private boolean queued;

    /**
     * Nothing is sent yet.
     *
     * @param vendor whose events all are of this knock
     */
    Knock(String vendor, Journal journal) {
        this.vendor = vendor;
        this.journal = journal;
        this.attemptsBefore = journal.attemptCount();
    }

    /** Posts events: so many requests at once. */
    @FunctionalInterface
    interface Sender {
        void post(String vendor, int requests);
    }

    /** Returns when every listener has appended its part; or after a while, and then it has not. */
    void send(Sender sender, Admin admin) throws IOException, InterruptedException {
        List<Levels> before = admin.levels();
        sender.post(vendor, OF_EACH_LISTENER * before.size());
        try {
            Await.until("knock: appended", SOON, () -> haveGrown(before, admin.levels()));
            queued = true;
        } catch (AssertionError notSo) {
            queued = false;
        }
    }

    private static boolean haveGrown(List<Levels> before, List<Levels> now) {
        return before.size() == now.size()
                && IntStream.range(0, now.size())
                        .allMatch(
                                i ->
                                        now.get(i).pendingDeliveries()
                                                >= before.get(i).pendingDeliveries()
                                                        + OF_EACH_LISTENER);
    }

    /**
     * Whether every listener had its part, and that one did not answer one of its own: it was open
     * when the process was killed. Waits a while for senders to learn of it.
     */
    boolean wasOpen(int port, Instant killed) throws InterruptedException {
        try {
            Await.until("knock: a connection broken", SOON, () -> isBroken(port, killed));
            return queued;
        } catch (AssertionError notSo) {
            return false;
        }
    }

    private boolean isBroken(int port, Instant killed) {
        List<Attempt> attempts = journal.attempts();
        return attempts.subList(attemptsBefore, attempts.size()).stream()
                .filter(attempt -> attempt.eventId().startsWith(vendor + "-"))
                .anyMatch(attempt -> wasOpen(attempt, port, killed));
    }

    /** Sent before the kill, and ended by it. */
    static boolean wasOpen(Attempt attempt, int port, Instant killed) {
        return attempt.to().getPort() == port
                && attempt.at().isBefore(killed)
                && attempt.at().plus(attempt.took()).isAfter(killed)
                && attempt.answer() instanceof Answer.Silence silence
                && !silence.late();
    }
}
