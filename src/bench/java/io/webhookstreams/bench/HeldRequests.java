/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Posts many requests at once to a source whose next checkpoint is far away, and weighs it. */
final class HeldRequests {

    private static final int INTERVAL_MILLIS = 20_000;
    private static final int BODY_BYTES = 1024;
    private static final Duration BETWEEN_WEIGHINGS = Duration.ofMillis(500);

    /**
     * What was found.
     *
     * @param count requests that were sent
     * @param answered of them with a 2xx in the end
     * @param bytesPerRequest most live heap while they were held less live heap without them,
     *     divided by their number
     * @param problem empty if there was none
     */
    record Figures(int count, long answered, double bytesPerRequest, String problem) {

        /** A request that holds less than its body was not there when the heap was weighed. */
        boolean isWeighed() {
            return problem.isEmpty() && answered == count && bytesPerRequest > BODY_BYTES;
        }

        @Override
        public String toString() {
            return problem.isEmpty()
                    ? String.format(
                            Locale.ROOT,
                            "%d of %d answered 2xx by the next checkpoint, %.1f KiB of live heap each",
                            answered,
                            count,
                            bytesPerRequest / 1024)
                    : "failed: " + problem;
        }
    }

    private final Systems systems;
    private final Message message;
    private final Path work;

    HeldRequests(Systems systems, Message message, Path work) {
        this.systems = systems;
        this.message = message;
        this.work = work;
    }

    Figures overHttp2(int count, int heapMebibytes) {
        return hold(true, count, 1_000, heapMebibytes);
    }

    Figures overHttp1(int count, int heapMebibytes) {
        return hold(false, count, 1, heapMebibytes);
    }

    private Figures hold(boolean http2, int count, int streams, int heapMebibytes) {
        try (RunningSystem system =
                systems.source("checkpoint", "rocksdb", INTERVAL_MILLIS, heapMebibytes)) {
            // A first round, answered by the first checkpoint, so that classes and pools do not
            // count.
            int unused = post(system, http2, count, streams).waitFor();
            long before = system.liveHeapBytes();
            Process load = post(system, http2, count, streams);
            long most = before;
            while (load.isAlive()) {
                most = Math.max(most, system.liveHeapBytes());
                Await.pause(BETWEEN_WEIGHINGS);
            }
            LoadReport report =
                    LoadReport.parse(
                            Files.readString(work.resolve("held.out"), StandardCharsets.UTF_8));
            Progress.say(
                    "held %d: %d answered, %d others, %d failed",
                    count, report.acknowledged(), report.others(), report.failed());
            return new Figures(count, report.acknowledged(), (most - before) / (double) count, "");
        } catch (Exception e) {
            Progress.say("held: " + e);
            return new Figures(count, 0, Double.NaN, String.valueOf(e.getMessage()));
        }
    }

    private Process post(RunningSystem system, boolean http2, int count, int streams)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load", "-t", "1"));
        if (!http2) {
            command.add("--h1");
        }
        command.addAll(List.of("-n", "" + count, "-c", "" + count / streams, "-m", "" + streams));
        command.addAll(List.of("-d", message.body().toString()));
        message.headers().forEach(header -> command.addAll(List.of("-H", header)));
        command.add(system.url() + SourceServer.PATH);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("held.out").toFile())
                .start();
    }
}
