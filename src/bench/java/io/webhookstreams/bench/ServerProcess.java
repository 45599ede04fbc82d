/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under test in a JVM of its own, pinned to the first core; stopped by its pid. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static ServerProcess start(Class<?> main, List<String> jvm, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", "java"));
        command.addAll(jvm);
        command.addAll(JvmOptions.OPENS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(Redirect.to(new File("target/bench-server.log")))
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Ready.PREFIX)) {
                return new ServerProcess(process, line.substring(Ready.PREFIX.length()));
            }
        }
        process.destroyForcibly();
        throw new IOException(main.getSimpleName() + ": ended (see target/bench-server.log)");
    }

    String url() {
        return url;
    }

    /** Bytes that live objects take, after a full collection. */
    long liveHeapBytes() throws IOException, InterruptedException {
        String histogram =
                Commands.output(
                        List.of("jcmd", Long.toString(process.pid()), "GC.class_histogram"));
        String total = histogram.substring(histogram.lastIndexOf("Total"));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(timeout -> process.destroyForcibly())
                .join();
    }
}
