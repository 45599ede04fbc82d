/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults;

import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.faults.FileRules.InForce;
import io.webhookstreams.test.faults.filesystem.Action;
import io.webhookstreams.test.faults.filesystem.Event;
import io.webhookstreams.test.faults.filesystem.Operation;
import io.webhookstreams.test.faults.filesystem.Rule;
import io.webhookstreams.test.process.ChildProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a fault strike at a named instant of a checkpoint, and verifies that it was that instant:
 *
 * <ol>
 *   <li>A checkpoint is held when all tasks have acknowledged it: what arrives now comes after its
 *       barrier and before the next one's. Requests are sent, and arrive.
 *   <li>Before the barrier: the fault strikes now.
 *   <li>Else a rule makes the file operation of the next checkpoint hang that ends the instant, and
 *       the one before completes. The requests are in the next one, and nothing else answers them.
 *   <li>When the operation is there, the fault strikes.
 *   <li>What must still be undone is looked at after the fault, before the operation goes on.
 * </ol>
 *
 * Assumes: checkpoints lie on the file system on command, one at a time, with no state inlined. A
 * JobManager in the middle of {@code _metadata} holds a lock, so requests and a fault must be
 * shorter than the heartbeat's timeout. Used from one thread.
 */
public final class Instants {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String METADATA = "/_metadata$";
    private static final String STATE = "/[0-9a-f-]{36}$";
    private static final Pattern CHECKPOINT = Pattern.compile("/chk-(\\d+)/");

    private static int rules;

    /** Sends requests, and returns when they have arrived. */
    @FunctionalInterface
    public interface Requests {
        void send() throws IOException, InterruptedException;
    }

    /** What happens at the instant. */
    @FunctionalInterface
    public interface Strike {
        /** {@code process} is where the checkpoint is held: a TaskManager or {@code jobmanager}. */
        void at(String process) throws IOException, InterruptedException;
    }

    private Instants() {}

    /** Returns the checkpoint that was hit at the instant; empty when the instant was missed. */
    public static OptionalLong at(
            CrashInstant instant,
            FlinkCluster cluster,
            FileRules rules,
            Requests requests,
            Strike fault)
            throws IOException, InterruptedException {
        try (InForce hang = hang(rules, Operation.COMMIT, "/chk-\\d+" + METADATA)) {
            Event held = reached(hang);
            requests.send();
            if (instant == CrashInstant.BEFORE_BARRIER) {
                fault.at(held.process());
                return verified(held, !Files.exists(nextCheckpoint(held)) && isHeld(hang, held));
            }
            String others = "/chk-(?!" + checkpoint(held) + "/)\\d+";
            boolean ofState = instant == CrashInstant.ASYNC_PART;
            try (InForce next =
                    ofState
                            ? hang(rules, Operation.CREATE, others + STATE)
                            : hang(rules, Operation.COMMIT, others + METADATA)) {
                hang.lift();
                return switch (instant) {
                    case BEFORE_BARRIER -> throw new IllegalStateException();
                    case ASYNC_PART -> asyncPart(next, fault);
                    case BETWEEN_SNAPSHOT_AND_COMPLETION -> beforeCompletion(next, fault);
                    case AFTER_COMPLETION_BEFORE_ANSWER -> beforeAnswer(cluster, next, fault);
                };
            }
        }
    }

    private static OptionalLong asyncPart(InForce hang, Strike fault)
            throws IOException, InterruptedException {
        Event held = reached(hang);
        fault.at(held.process());
        return verified(held, !Files.exists(sibling(held, "_metadata")) && isHeld(hang, held));
    }

    private static OptionalLong beforeCompletion(InForce hang, Strike fault)
            throws IOException, InterruptedException {
        Event held = reached(hang);
        fault.at(held.process());
        hang.replace(hang.rule().on(Pattern.quote(held.path())).become(Action.FAIL));
        Event end = left(hang, held);
        return verified(
                held, end.phase() == Event.Phase.FAILED && !Files.exists(Path.of(held.path())));
    }

    private static OptionalLong beforeAnswer(FlinkCluster cluster, InForce hang, Strike fault)
            throws IOException, InterruptedException {
        List<ChildProcess> taskManagers = cluster.taskManagers();
        Event held = reached(hang);
        for (ChildProcess taskManager : taskManagers) {
            taskManager.freeze();
        }
        hang.lift();
        Event end = left(hang, held);
        boolean complete = end.phase() == Event.Phase.DONE && Files.exists(Path.of(held.path()));
        fault.at(held.process());
        for (ChildProcess taskManager : taskManagers) {
            if (taskManager.isAlive()) {
                taskManager.thaw();
            }
        }
        return verified(held, complete);
    }

    private static InForce hang(FileRules rules, Operation operation, String path)
            throws IOException {
        return rules.enforce(Rule.of("instant-" + ++Instants.rules, operation, path, Action.HANG));
    }

    private static Event reached(InForce hang) throws InterruptedException {
        return hang.await("reached", SOON, event -> event.phase() == Event.Phase.REACHED);
    }

    private static Event left(InForce hang, Event held) throws InterruptedException {
        return hang.await("left", SOON, event -> isEndOf(event, held));
    }

    private static boolean isHeld(InForce hang, Event held) throws IOException {
        return hang.first(event -> isEndOf(event, held)).isEmpty();
    }

    private static boolean isEndOf(Event event, Event held) {
        return event.phase() != Event.Phase.REACHED && event.path().equals(held.path());
    }

    private static OptionalLong verified(Event held, boolean isSo) {
        return isSo ? OptionalLong.of(checkpoint(held)) : OptionalLong.empty();
    }

    private static long checkpoint(Event held) {
        Matcher matcher = CHECKPOINT.matcher(held.path());
        if (!matcher.find()) {
            throw new IllegalStateException(held.path() + ": no checkpoint (expected: chk-N)");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The directory of a checkpoint is made when it begins. */
    private static Path nextCheckpoint(Event held) {
        Path own = Path.of(held.path()).getParent();
        return own.resolveSibling("chk-" + (checkpoint(held) + 1));
    }

    private static Path sibling(Event held, String name) {
        return Path.of(held.path()).resolveSibling(name);
    }
}
