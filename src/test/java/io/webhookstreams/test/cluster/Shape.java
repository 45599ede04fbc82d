/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Which processes a cluster starts with, and where.
 *
 * @param jobManagers how many: one leads, the others stand by
 * @param address of this machine, where the TaskManagers reach the JobManagers and ZooKeeper
 * @param taskManagers where each of them runs
 */
public record Shape(int jobManagers, String address, List<Host> taskManagers) {

    public Shape {
        taskManagers = List.copyOf(taskManagers);
    }

    /** All on the loopback address. */
    public static Shape of(int jobManagers, int taskManagers) {
        return new Shape(
                jobManagers,
                Host.LOOPBACK.address(),
                Collections.nCopies(taskManagers, Host.LOOPBACK));
    }

    Map<String, String> settings() {
        return Map.of("jobmanager.rpc.address", address, "jobmanager.bind-host", address);
    }
}
