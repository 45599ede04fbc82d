/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.prove;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code webhooks prove} as a process of its own, pointed at the stream {@code events}. */
final class ProveRun implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final ChildProcess process;

    private ProveRun(ChildProcess process) {
        this.process = process;
    }

    static ProveRun start(WebhooksConfig config, Path output, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Installation.ofThisBuild().command().toString());
        command.add("prove");
        config.ingest()
                .urls("/in/events")
                .forEach(url -> command.addAll(List.of("--url", url.toString())));
        command.addAll(List.of("--stream-secret", "file:" + config.tokenFile()));
        command.addAll(List.of("--output", output.toString(), "--connections", "8"));
        command.addAll(List.of(more));
        String options = "-Xmx256m " + String.join(" ", ChildJvm.FAST_START);
        return new ProveRun(
                ChildProcess.start(
                        "prove", config.directory(), Map.of("JAVA_OPTS", options), command));
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Returns when the first event has gone all the way and the load has begun. */
    void awaitSending() throws InterruptedException {
        Await.until(
                "prove: sending", SOON, () -> output().contains("sending\n") || !process.isAlive());
    }

    /** As Ctrl-C does: it sends no more and comes to its verdict. */
    void endTheSending() {
        process.terminate();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(SOON);
    }

    /** What it has printed: its progress, and then the page. */
    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
