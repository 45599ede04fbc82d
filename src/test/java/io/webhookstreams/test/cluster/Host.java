/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import java.util.List;

/**
 * Where a process runs.
 *
 * @param address under which the others reach it
 * @param launcher the command that starts another one there; empty for here
 */
public record Host(String address, List<String> launcher) {

    public static final Host LOOPBACK = new Host("127.0.0.1", List.of());

    public Host {
        launcher = List.copyOf(launcher);
    }
}
