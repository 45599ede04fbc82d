/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.faults.FileRules;
import io.webhookstreams.test.faults.FileRules.InForce;
import io.webhookstreams.test.faults.filesystem.Action;
import io.webhookstreams.test.faults.filesystem.Event;
import io.webhookstreams.test.faults.filesystem.Operation;
import io.webhookstreams.test.faults.filesystem.Rule;
import io.webhookstreams.test.support.Await;

import java.io.IOException;
import java.time.Duration;

/**
 * What files do to the job's sink and checkpoints. Each fault returns when the job has met it and
 * it is over; that it is not met in time is an error. Used from one thread.
 */
final class FileFaults {

    private static final String SINK = "/data/output/";
    private static final String CHECKPOINTS = "/checkpoints/";
    private static final String METADATA = "/chk-\\d+/_metadata$";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofSeconds(4);
    private static final Duration EACH_WRITE = Duration.ofMillis(20);
    private static final Duration EACH_FILE = Duration.ofMillis(300);

    private final FileRules rules;
    private int number;

    FileFaults(FileRules rules) {
        this.rules = rules;
    }

    void slowSink() throws IOException, InterruptedException {
        slow(Operation.WRITE, SINK, EACH_WRITE);
    }

    void slowCheckpoints() throws IOException, InterruptedException {
        slow(Operation.CREATE, CHECKPOINTS, EACH_FILE);
    }

    /** All writes hang for so long, and then until the condition holds. */
    void stuckSink(Duration time, Await.Condition condition)
            throws IOException, InterruptedException {
        try (InForce hang = enforce(Operation.WRITE, SINK, Action.HANG, Duration.ZERO)) {
            met(hang, Event.Phase.REACHED);
            Await.pause(time);
            Await.until("stuck sink: told to senders", SOON, condition);
        }
    }

    void crashingSink() throws IOException, InterruptedException {
        failOnce(Operation.WRITE, SINK, Action.FAIL);
    }

    void crashingCommitter() throws IOException, InterruptedException {
        failOnce(Operation.COMMIT, SINK, Action.FAIL);
    }

    void fullSink() throws IOException, InterruptedException {
        failOnce(Operation.WRITE, SINK, Action.FULL_DISK);
    }

    void fullCheckpoints(Await.Condition over) throws IOException, InterruptedException {
        failUntil(Operation.WRITE, CHECKPOINTS, Action.FULL_DISK, over);
    }

    void failingCheckpoints(Await.Condition over) throws IOException, InterruptedException {
        failUntil(Operation.CREATE, CHECKPOINTS, Action.FAIL, over);
    }

    void failingMetadata(Await.Condition over) throws IOException, InterruptedException {
        failUntil(Operation.COMMIT, METADATA, Action.FAIL, over);
    }

    private void slow(Operation operation, String path, Duration each)
            throws IOException, InterruptedException {
        try (InForce slow = enforce(operation, path, Action.DELAY, each)) {
            met(slow, Event.Phase.DONE);
            Await.pause(A_WHILE);
        }
    }

    private void failOnce(Operation operation, String path, Action action)
            throws IOException, InterruptedException {
        failUntil(operation, path, action, () -> true);
    }

    private void failUntil(Operation operation, String path, Action action, Await.Condition over)
            throws IOException, InterruptedException {
        try (InForce failing = enforce(operation, path, action, Duration.ZERO)) {
            met(failing, Event.Phase.FAILED);
            Await.until("rule " + failing.rule().name() + ": enough of it", SOON, over);
        }
    }

    private InForce enforce(Operation operation, String path, Action action, Duration delay)
            throws IOException {
        String name = "fault-%d-%s-%s".formatted(++number, action, operation);
        return rules.enforce(Rule.of(name, operation, path, action).delayed(delay));
    }

    private static void met(InForce rule, Event.Phase phase) throws InterruptedException {
        Event unused = rule.await("met by the job", SOON, event -> event.phase() == phase);
    }
}
