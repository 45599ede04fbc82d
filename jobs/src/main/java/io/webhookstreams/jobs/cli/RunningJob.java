/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.jobs.embedded.EmbeddedFlink;

import org.apache.flink.runtime.jobmaster.JobResult;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Follows an embedded job from its start to its end. The command's main thread. */
final class RunningJob {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);
    private static final int PROBES_BEFORE_COMPLAINT = 100;

    private final EmbeddedFlink flink;
    private final CompletableFuture<Void> stopRequest;
    private final PrintWriter out;

    /**
     * @param stopRequest completed when somebody wants the job to stop
     */
    RunningJob(EmbeddedFlink flink, CompletableFuture<Void> stopRequest, PrintWriter out) {
        this.flink = flink;
        this.stopRequest = stopRequest;
        this.out = out;
    }

    /** Waits until the job is ready; false if it has ended or was told to stop before. */
    boolean awaitReady(ReadyProbe probe) throws Exception {
        CompletableFuture<Object> over = CompletableFuture.anyOf(flink.ended(), stopRequest);
        for (int probes = 1; !probe.isReady(); probes++) {
            if (probes % PROBES_BEFORE_COMPLAINT == 0) {
                complain();
            }
            if (completes(over, BETWEEN_PROBES)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the job has ended, or until it is told to stop, and then stops it. */
    int awaitEnd(Duration stopTimeout) throws Exception {
        CompletableFuture.anyOf(flink.ended(), stopRequest).get();
        return flink.ended().isDone() ? tell(flink.ended().get()) : stop(stopTimeout);
    }

    private void complain() throws Exception {
        String why =
                flink.lastFailure().flatMap(trace -> trace.lines().findFirst()).orElse("starting");
        out.println("not ready yet: " + why);
        out.flush();
    }

    private static boolean completes(CompletableFuture<?> over, Duration within) throws Exception {
        try {
            over.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private int tell(JobResult result) {
        if (result.isSuccess()) {
            out.println("stopped from outside");
            return ExitCode.OK;
        }
        out.println("the job has failed. What was answered is in its newest checkpoint.");
        result.getSerializedThrowable().ifPresent(failure -> out.println(failure.getMessage()));
        return ExitCode.FAILED;
    }

    private int stop(Duration timeout) throws InterruptedException {
        out.println("stopping with a savepoint");
        out.flush();
        try {
            String savepoint =
                    flink.stopWithSavepoint().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            out.println("stopped: " + savepoint);
        } catch (ExecutionException | TimeoutException e) {
            out.println(
                    "stopped without a savepoint (%s): the next run resumes from the newest checkpoint"
                            .formatted(e.getMessage() == null ? "timeout" : e.getMessage()));
        }
        return ExitCode.OK;
    }
}
