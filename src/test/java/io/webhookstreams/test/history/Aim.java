/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stops a TaskManager at a named moment, to be killed there: waits until its log says that the
 * moment is near, stops it (SIGSTOP), and reads how far it came. When that is not the moment, it is
 * let go on, and so on until it is.
 *
 * <p>Each stop is far shorter than the heartbeat's timeout.
 */
final class Aim {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration MARK_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWERS_LEAVE = Duration.ofMillis(60);
    private static final Duration REST = Duration.ofMillis(150);

    /** For a stopped TaskManager, time in which the JobManager completes what is complete. */
    private static final Duration OTHERS_GO_ON = Duration.ofMillis(250);

    private static final Pattern COMPLETED = Pattern.compile("Completed checkpoint (\\d+) for job");

    private final Path directory;

    /** Over the logs of a cluster's processes. */
    Aim(Path directory) {
        this.directory = directory;
    }

    /**
     * Returns with the process stopped and true, or with it running and false, when the moment did
     * not come in time or no source runs there.
     */
    boolean stopAt(Moment moment, ChildProcess victim) throws IOException, InterruptedException {
        LogTail log = new LogTail(directory.resolve(victim.name() + ".log"));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - deadline < 0 && awaitMark(log, mark(moment))) {
            if (moment == Moment.BEFORE_BARRIER) {
                Await.pause(ANSWERS_LEAVE);
            }
            victim.freeze();
            if (moment != Moment.DURING_ASYNC) {
                Await.pause(OTHERS_GO_ON);
            }
            if (CheckpointProgress.of(log.lines()).isAt(moment, completed())) {
                return true;
            }
            victim.thaw();
            Await.pause(REST);
        }
        return false;
    }

    /** What a task of the TaskManager says just before the moment. */
    private static Pattern mark(Moment moment) {
        return Pattern.compile(
                switch (moment) {
                    case ANY -> ".";
                    case BEFORE_BARRIER ->
                            "Notification of checkpoint COMPLETE .* for task Source: ";
                    case DURING_ASYNC -> "finished synchronous part of checkpoint";
                    case BEFORE_COMPLETION, BEFORE_ANSWER ->
                            "- Source: .* - finished asynchronous part of checkpoint";
                });
    }

    /** False when nothing like it is said for long. */
    private static boolean awaitMark(LogTail log, Pattern mark)
            throws IOException, InterruptedException {
        long start = log.end();
        long deadline = System.nanoTime() + MARK_TIMEOUT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (log.end() > start
                    && log.since(start).stream().anyMatch(line -> mark.matcher(line).find())) {
                return true;
            }
            Await.pause(Duration.ofMillis(1));
        }
        return false;
    }

    /** The newest checkpoint that a JobManager says it has completed; 0 for none. */
    private long completed() throws IOException {
        long newest = 0;
        for (Path log : jobManagerLogs()) {
            for (String line : new LogTail(log).lines()) {
                Matcher matcher = COMPLETED.matcher(line);
                if (matcher.find()) {
                    newest = Math.max(newest, Long.parseLong(matcher.group(1)));
                }
            }
        }
        return newest;
    }

    private List<Path> jobManagerLogs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("jobmanager"))
                    .filter(file -> file.toString().endsWith(".log"))
                    .toList();
        }
    }
}
