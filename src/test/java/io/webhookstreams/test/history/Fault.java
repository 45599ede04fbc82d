/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

/** The kinds of faults, each with its share of a long history. */
enum Fault {
    KILL_TASK_MANAGER("a TaskManager killed", 13),
    KILL_ALL_TASK_MANAGERS("all TaskManagers killed at once", 5),
    KILL_LEADER("the leading JobManager killed", 5),
    ZOMBIE("a TaskManager stopped until it is given up, then let go on", 6),
    HALT_TASK_MANAGER("a TaskManager stopped for less than the heartbeat's timeout", 4),
    HALT_LEADER("the leading JobManager stopped until the standby leads, then let go on", 3),
    CUT_ANSWERS("connections cut just before the answer", 5),
    SLOW_SINK("each write of the sink slow", 5),
    STUCK_SINK("a write of the sink hangs beyond the answers' deadline, then goes on", 4),
    CRASHING_SINK("a write of the sink fails, and its task", 5),
    CRASHING_COMMITTER("the sink cannot finish a file, its task fails", 4),
    FULL_SINK("the sink's disk full", 5),
    FULL_CHECKPOINTS("the checkpoints' disk full", 4),
    FAILING_CHECKPOINTS("the checkpoints' directory takes no new file", 4),
    FAILING_METADATA("a checkpoint cannot be completed", 4),
    SLOW_CHECKPOINTS("each file of a checkpoint slow", 4),
    LOSE_CHECKPOINT_DIRECTORY("the checkpoints' directory gone for a while", 3),
    STOP_AND_START("stopped with a savepoint and started", 3),
    RESCALE_UP("stopped with a savepoint and started with more subtasks", 4),
    RESCALE_DOWN("stopped with a savepoint and started with fewer subtasks", 4),
    CANCEL_AND_RESTORE("cancelled and started from the newest checkpoint", 4),
    DRAIN_AND_RESUME("drained and resumed", 4);

    private final String title;
    private final int share;

    Fault(String title, int share) {
        this.title = title;
        this.share = share;
    }

    String title() {
        return title;
    }

    /** How often it occurs beside the others; any number above 0. */
    int share() {
        return share;
    }
}
