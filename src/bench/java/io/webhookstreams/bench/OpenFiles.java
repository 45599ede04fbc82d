/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files a process may have open: this one, and those that it starts from now on. */
final class OpenFiles {

    static long limit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                return Long.parseLong(line.split("\\s+", -1)[4]);
            }
        }
        throw new IOException("Max open files: missing");
    }

    /** Raises the limit to that many, where the machine permits it. */
    static void allow(long count) throws IOException, InterruptedException {
        if (limit() >= count) {
            return;
        }
        try {
            String unused =
                    Commands.output(
                            List.of(
                                    "prlimit",
                                    "--pid=" + ProcessHandle.current().pid(),
                                    "--nofile=" + count + ":" + count));
        } catch (IOException notPermitted) {
            Progress.say("open files: " + notPermitted);
        }
    }

    private OpenFiles() {}
}
