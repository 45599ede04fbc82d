/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import javax.annotation.Nullable;

/**
 * A system under test that is up: one JVM or several.
 *
 * @param url where requests go
 * @param flinkRest address of Flink's REST interface; null where no checkpoint counts
 */
record RunningSystem(List<ServerProcess> processes, String url, @Nullable String flinkRest)
        implements AutoCloseable {

    /** Over which the use of the core is measured. */
    private static final Duration SLICE = Duration.ofMillis(200);

    private static final int MOST_SLICES = 40;
    private static final int MOST_LOOKS = 100;

    RunningSystem {
        processes = List.copyOf(processes);
    }

    void pause() throws Exception {
        for (ServerProcess process : processes) {
            process.pause();
        }
    }

    /**
     * Lets it go on, and waits until it has caught up. Flink's timer of checkpoints is one of a
     * fixed rate: it makes up at once for every checkpoint that was due while it was halted, up to
     * a thousand, each of which would answer requests early and take processor time from them.
     */
    void resume() throws Exception {
        for (ServerProcess process : processes) {
            process.resume();
        }
        long unused = quiesce();
        if (flinkRest != null) {
            String checkpoints = checkpointsUri();
            long interval = CheckpointFigures.interval(get(checkpoints + "/config"));
            for (int i = 0;
                    i < MOST_LOOKS && !CheckpointFigures.isRegular(get(checkpoints), interval);
                    i++) {
                Await.pause(SLICE);
            }
        }
    }

    boolean isAlive() {
        return processes.stream().allMatch(ServerProcess::isAlive);
    }

    long liveHeapBytes() throws Exception {
        long bytes = 0;
        for (ServerProcess process : processes) {
            bytes += process.liveHeapBytes();
        }
        return bytes;
    }

    long residentBytes() throws Exception {
        long bytes = 0;
        for (ServerProcess process : processes) {
            bytes += process.residentBytes();
        }
        return bytes;
    }

    /** Processor time of its processes so far. */
    long cpuMillis() throws Exception {
        long millis = 0;
        for (ServerProcess process : processes) {
            millis += process.cpuMillis();
        }
        return millis;
    }

    /**
     * Waits until what the last load left behind is worked off: the processes use less than half of
     * their core. At most 8 s.
     *
     * @return how long that took, in milliseconds
     */
    long quiesce() throws Exception {
        long start = System.nanoTime();
        boolean busy = true;
        for (int i = 0; i < MOST_SLICES && busy; i++) {
            long before = cpuMillis();
            Await.pause(SLICE);
            busy = cpuMillis() - before > SLICE.toMillis() / 2;
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** The newest checkpoints of its job. */
    CheckpointFigures checkpoints() throws IOException, InterruptedException {
        if (flinkRest == null) {
            return CheckpointFigures.NONE;
        }
        return CheckpointFigures.parse(get(checkpointsUri()));
    }

    private String checkpointsUri() throws IOException, InterruptedException {
        String job = CheckpointFigures.firstJob(get(flinkRest + "/jobs"));
        return flinkRest + "/jobs/" + job + "/checkpoints";
    }

    private static String get(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        processes.forEach(ServerProcess::close);
    }
}
