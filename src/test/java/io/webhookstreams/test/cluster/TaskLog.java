/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildProcess;

/** What a TaskManager's log tells of the tasks that it ever had, of whichever attempt. */
public final class TaskLog {

    private TaskLog() {}

    /** How many have begun, that is their first state was left. */
    public static long begun(ChildProcess taskManager) {
        return lines(taskManager, "switched from CREATED to DEPLOYING");
    }

    /** How many have ended, with all that they do at their end. */
    public static long ended(ChildProcess taskManager) {
        return lines(taskManager, "Freeing task resources for");
    }

    private static long lines(ChildProcess taskManager, String text) {
        return taskManager.output().lines().filter(line -> line.contains(text)).count();
    }
}
