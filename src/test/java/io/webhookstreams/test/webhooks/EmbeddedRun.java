/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.process.LiveHeap;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code webhooks run}: the job on an embedded Flink, in one process that is started, killed and
 * started again.
 */
public final class EmbeddedRun implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String USUAL_HEAP = "512m";

    private final Installation installation;
    private final WebhooksConfig config;
    private final String heap;
    private ChildProcess process;

    private EmbeddedRun(Installation installation, WebhooksConfig config, String heap) {
        this.installation = installation;
        this.config = config;
        this.heap = heap;
        this.process = run();
    }

    public static EmbeddedRun start(Installation installation, WebhooksConfig config) {
        return new EmbeddedRun(installation, config, USUAL_HEAP);
    }

    /** With a heap of another size, as {@code -Xmx} takes it. */
    public static EmbeddedRun start(Installation installation, WebhooksConfig config, String heap) {
        return new EmbeddedRun(installation, config, heap);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes that live objects take, after a full collection. */
    public long liveHeapBytes() throws IOException, InterruptedException {
        return LiveHeap.bytesOf(process.pid());
    }

    /** SIGKILL, and the same command again. Does not wait until it is ready. */
    public void killAndRestart() throws InterruptedException {
        process.kill();
        process = run();
    }

    /**
     * SIGTERM, as a service manager sends it: returns when the job has stopped with a savepoint.
     */
    public void stop() throws InterruptedException {
        process.terminate();
        process.waitFor(SOON);
    }

    /** The same command again, after {@link #stop}. Does not wait until it is ready. */
    public void startAgain() {
        process = run();
    }

    private ChildProcess run() {
        List<String> command =
                List.of(
                        installation.command().toString(),
                        "run",
                        "--config",
                        config.file().toString());
        String options = "-Xmx" + heap + " " + String.join(" ", ChildJvm.FAST_START);
        return ChildProcess.start(
                "webhooks", config.directory(), Map.of("JAVA_OPTS", options), command);
    }

    @Override
    public void close() {
        process.close();
    }
}
