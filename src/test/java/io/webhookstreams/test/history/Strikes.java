/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Carries out steps on a scene. */
final class Strikes {

    /** Well below the timeout of the heartbeat, which is 6 s in this cluster. */
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private static final Duration TWICE_THE_TIMEOUT = Duration.ofSeconds(12);

    private final Scene scene;

    Strikes(Scene scene) {
        this.scene = scene;
    }

    /**
     * Returns when the fault is over; what it has broken may mend later.
     *
     * @return the step, and whether it was verified that it struck at its moment
     */
    Struck strike(Step step) throws IOException, InterruptedException {
        Instant start = Instant.now();
        if (step.moment() != Moment.ANY) {
            boolean hit = scene.killAt(step.moment(), step.target());
            return new Struck(step, Instant.now(), hit);
        }
        strikeAnyTime(step);
        return new Struck(step, start, true);
    }

    private void strikeAnyTime(Step step) throws IOException, InterruptedException {
        switch (step.fault()) {
            case KILL_TASK_MANAGER -> scene.kill(List.of(scene.taskManager(step.target())));
            case KILL_ALL_TASK_MANAGERS -> scene.kill(scene.taskManagers());
            case KILL_JOB_MANAGER -> scene.killJobManager();
            case FREEZE_TASK_MANAGER -> scene.freeze(scene.taskManager(step.target()));
            case HALT_TASK_MANAGER -> halt(scene.taskManager(step.target()), A_WHILE);
            case HALT_JOB_MANAGER -> halt(scene.jobManager(), TWICE_THE_TIMEOUT);
            case LOSE_CHECKPOINT_DIRECTORY -> onceRunning(scene::loseCheckpointDirectory);
            case STOP_AND_START -> onceRunning(() -> scene.restart(scene.parallelism()));
            case RESCALE -> onceRunning(() -> scene.restart(step.parallelism()));
            // At another parallelism an unaligned checkpoint does not keep the order.
            case CANCEL_AND_RESTORE -> onceRunning(scene::cancelAndRestore);
            case DRAIN_AND_RESUME -> onceRunning(this::drainAndResume);
        }
    }

    private static void halt(ChildProcess process, Duration time) throws InterruptedException {
        process.freeze();
        Await.pause(time);
        process.thaw();
    }

    /** What an operator does only to a job that runs. */
    private interface Operation {
        void run() throws IOException, InterruptedException;
    }

    private void onceRunning(Operation operation) throws IOException, InterruptedException {
        scene.awaitRunning();
        operation.run();
    }

    private void drainAndResume() throws IOException, InterruptedException {
        scene.admin().drain();
        scene.admin().resume();
    }
}
