/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine and the versions, for the page. */
record Environment(String text) {

    static Environment read() throws IOException, InterruptedException {
        String h2load = Commands.output(List.of("h2load", "--version")).trim();
        return new Environment(
                "%d cores (%s), %d GiB of memory, Linux %s; Java %s, Flink %s, Jetty %s, %s; at most %d open files a process; load average at the start %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                field("/proc/cpuinfo", "model name"),
                                Long.parseLong(
                                                field("/proc/meminfo", "MemTotal")
                                                        .replaceAll("\\D", ""))
                                        / (1024 * 1024),
                                System.getProperty("os.version"),
                                Runtime.version(),
                                org.apache.flink.runtime.util.EnvironmentInformation.getVersion(),
                                org.eclipse.jetty.util.Jetty.VERSION,
                                h2load,
                                OpenFiles.limit(),
                                Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]));
    }

    private static String field(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return "?";
    }
}
