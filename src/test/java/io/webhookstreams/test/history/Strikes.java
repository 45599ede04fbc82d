/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.faults.CrashInstant;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries out steps on a scene while senders post. */
final class Strikes {

    /** Well below the timeout of the heartbeat, which is 6 s in this cluster. */
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final Scene scene;
    private final Traffic traffic;
    private final FileFaults files;

    Strikes(Scene scene, Traffic traffic) {
        this.scene = scene;
        this.traffic = traffic;
        this.files = new FileFaults(scene.rules());
    }

    /** Returns when the fault is over; what it has broken may mend later. */
    Struck strike(Step step) throws IOException, InterruptedException {
        scene.rules().forgetEvents();
        if (step.instant().isPresent()) {
            boolean verified = killAt(step.instant().get(), step.target());
            return new Struck(step, Instant.now(), verified);
        }
        Instant start = Instant.now();
        strikeAnyTime(step);
        return new Struck(step, start, false);
    }

    /** Whether it was at that instant, and requests that it was about were open. */
    private boolean killAt(CrashInstant instant, int target)
            throws IOException, InterruptedException {
        Knock knock = traffic.knock();
        Optional<Scene.Killed> killed =
                scene.killAt(instant, target, () -> knock.send(traffic::post, scene.admin()));
        return killed.isPresent() && knock.wasOpen(killed.get().port(), killed.get().at());
    }

    private void strikeAnyTime(Step step) throws IOException, InterruptedException {
        switch (step.fault()) {
            case KILL_TASK_MANAGER -> scene.kill(List.of(scene.taskManager(step.target())));
            case KILL_ALL_TASK_MANAGERS -> scene.kill(scene.taskManagers());
            case KILL_LEADER -> scene.killLeader();
            case ZOMBIE -> onceRunning(() -> scene.makeZombie(step.target()));
            case HALT_TASK_MANAGER -> halt(scene.taskManager(step.target()), A_WHILE);
            case HALT_LEADER -> scene.haltLeader();
            case CUT_ANSWERS -> onceRunning(scene::cutAnswers);
            case SLOW_SINK -> onceRunning(files::slowSink);
            case STUCK_SINK -> onceRunning(this::stickSink);
            case CRASHING_SINK -> onceRunning(files::crashingSink);
            case CRASHING_COMMITTER -> onceRunning(files::crashingCommitter);
            case FULL_SINK -> onceRunning(files::fullSink);
            case FULL_CHECKPOINTS -> failCheckpoints(files::fullCheckpoints);
            case FAILING_CHECKPOINTS -> failCheckpoints(files::failingCheckpoints);
            case FAILING_METADATA -> failCheckpoints(files::failingMetadata);
            case SLOW_CHECKPOINTS -> onceRunning(files::slowCheckpoints);
            case LOSE_CHECKPOINT_DIRECTORY -> failCheckpoints(scene::loseCheckpointDirectory);
            case STOP_AND_START, RESCALE_UP, RESCALE_DOWN ->
                    onceRunning(() -> scene.restart(step.parallelism()));
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

    /** What is done only to a job that runs. */
    private interface Operation {
        void run() throws IOException, InterruptedException;
    }

    private void onceRunning(Operation operation) throws IOException, InterruptedException {
        scene.awaitRunning();
        operation.run();
    }

    /** What lets checkpoints fail, until one has. */
    private interface CheckpointFault {
        void until(Await.Condition failed) throws IOException, InterruptedException;
    }

    private void failCheckpoints(CheckpointFault fault) throws IOException, InterruptedException {
        scene.awaitRunning();
        long before = scene.failedCheckpoints();
        fault.until(() -> scene.failedCheckpoints() > before);
    }

    private void stickSink() throws IOException, InterruptedException {
        long before = traffic.notDurableInTime();
        Duration time = Scene.ANSWER_DEADLINE.plus(A_WHILE);
        files.stuckSink(time, () -> traffic.notDurableInTime() > before);
    }

    private void drainAndResume() throws IOException, InterruptedException {
        scene.admin().drain();
        scene.admin().resume();
    }
}
