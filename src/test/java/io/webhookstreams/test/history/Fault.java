/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

/** The kinds of faults, each with its share of a long history. */
enum Fault {
    KILL_TASK_MANAGER("a TaskManager killed", 30),
    KILL_ALL_TASK_MANAGERS("all TaskManagers killed at once", 8),
    KILL_JOB_MANAGER("the JobManager killed", 8),
    FREEZE_TASK_MANAGER("a TaskManager stopped until it is given up, then killed", 8),
    HALT_TASK_MANAGER("a TaskManager stopped for less than the heartbeat's timeout", 5),
    HALT_JOB_MANAGER("the JobManager stopped beyond the heartbeat's timeout, then let go on", 4),
    LOSE_CHECKPOINT_DIRECTORY("the checkpoints' directory gone for a while", 6),
    STOP_AND_START("stopped with a savepoint and started", 5),
    RESCALE("stopped with a savepoint and started at another parallelism", 8),
    CANCEL_AND_RESTORE("cancelled and started from the newest checkpoint", 5),
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
