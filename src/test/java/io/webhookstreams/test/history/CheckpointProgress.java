/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the tasks of one TaskManager are with their checkpoints, as its log tells: Flink says at
 * DEBUG when a task has done the synchronous and the asynchronous part of a checkpoint, and when it
 * learns that it is complete or given up. What a process has not said, it has not done: a process
 * that is stopped while this is read is at that instant still.
 */
final class CheckpointProgress {

    private static final Pattern SYNCHRONOUS =
            Pattern.compile(" - (.+) - finished synchronous part of checkpoint (\\d+)\\.");
    private static final Pattern ASYNCHRONOUS =
            Pattern.compile(" - (.+) - finished asynchronous part of checkpoint (\\d+)\\.");
    private static final Pattern NOTIFICATION =
            Pattern.compile(
                    "- Notification of checkpoint (?:COMPLETE|ABORT) (\\d+) for task (.+)$");
    private static final Pattern CANCELLATION = Pattern.compile("Attempting to (cancel|fail) task");
    private static final String SOURCE = "Source: ";

    /** The newest checkpoints of one task; 0 for none. */
    private static final class Task {
        private long synchronous;
        private long asynchronous;
        private long notified;
    }

    private final Map<String, Task> tasks = new HashMap<>();

    /** Reads lines of a TaskManager's log, oldest first. */
    static CheckpointProgress of(List<String> lines) {
        CheckpointProgress progress = new CheckpointProgress();
        lines.forEach(progress::read);
        return progress;
    }

    private void read(String line) {
        Matcher synchronous = SYNCHRONOUS.matcher(line);
        Matcher asynchronous = ASYNCHRONOUS.matcher(line);
        Matcher notification = NOTIFICATION.matcher(line);
        if (synchronous.find()) {
            task(synchronous.group(1)).synchronous = Long.parseLong(synchronous.group(2));
        } else if (asynchronous.find()) {
            task(asynchronous.group(1)).asynchronous = Long.parseLong(asynchronous.group(2));
        } else if (notification.find()) {
            task(notification.group(2)).notified = Long.parseLong(notification.group(1));
        } else if (CANCELLATION.matcher(line).find()) {
            tasks.clear();
        }
    }

    private Task task(String name) {
        return tasks.computeIfAbsent(name.trim(), fresh -> new Task());
    }

    /** Whether some source of this process takes part in checkpoints. */
    boolean hasSource() {
        return tasks.keySet().stream().anyMatch(name -> name.startsWith(SOURCE));
    }

    /**
     * Whether this is the moment.
     *
     * @param completed the newest checkpoint that the JobManager has completed
     */
    boolean isAt(Moment moment, long completed) {
        return switch (moment) {
            case ANY -> true;
            case BEFORE_BARRIER ->
                    hasSource()
                            && sources().stream().allMatch(CheckpointProgress::hasNoCheckpointOpen);
            case DURING_ASYNC ->
                    tasks.values().stream()
                            .anyMatch(t -> t.synchronous > Math.max(t.asynchronous, t.notified));
            case BEFORE_COMPLETION ->
                    sources().stream().anyMatch(t -> isUnanswered(t) && t.asynchronous > completed);
            case BEFORE_ANSWER ->
                    sources().stream()
                            .anyMatch(t -> isUnanswered(t) && t.asynchronous <= completed);
        };
    }

    private List<Task> sources() {
        return tasks.entrySet().stream()
                .filter(e -> e.getKey().startsWith(SOURCE))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean hasNoCheckpointOpen(Task task) {
        return task.notified > 0
                && task.notified >= task.synchronous
                && task.notified >= task.asynchronous;
    }

    private static boolean isUnanswered(Task task) {
        return task.asynchronous > task.notified && task.asynchronous >= task.synchronous;
    }
}
