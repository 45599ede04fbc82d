/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import io.webhookstreams.test.process.ChildProcess;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's program {@code slowhttptest}: slow headers, slow bodies, slow reading. */
final class SlowHttpTest implements AutoCloseable {

    static final Path BINARY = Path.of("/usr/bin/slowhttptest");

    private static final int SECONDS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(SECONDS + 30L);

    private final ChildProcess process;

    private SlowHttpTest(ChildProcess process) {
        this.process = process;
    }

    /** Headers that never end, a few bytes a second. */
    static SlowHttpTest headers(Path directory, URI uri) {
        return start("slow-headers", directory, uri, "-H", "-i", "1");
    }

    /** Bodies that are declared large and come a few bytes a second. */
    static SlowHttpTest bodies(Path directory, URI uri) {
        return start("slow-bodies", directory, uri, "-B", "-i", "1", "-s", "8192");
    }

    /** Answers that are read a few bytes a second, many on one connection. */
    static SlowHttpTest reads(Path directory, URI uri) {
        return start(
                "slow-reads",
                directory,
                uri,
                "-X",
                "-k",
                "8",
                "-n",
                "1",
                "-z",
                "8",
                "-w",
                "8",
                "-y",
                "16");
    }

    private static SlowHttpTest start(String name, Path directory, URI uri, String... mode) {
        List<String> command = new ArrayList<>(List.of(BINARY.toString()));
        command.addAll(List.of(mode));
        command.addAll(List.of("-c", "300", "-r", "100", "-x", "16", "-p", "5", "-t", "POST"));
        command.addAll(List.of("-l", Integer.toString(SECONDS), "-u", uri.toString()));
        return new SlowHttpTest(ChildProcess.start(name, directory, Map.of(), command));
    }

    /** Waits for its end; what it has printed, without the colours. */
    String report() throws InterruptedException {
        process.waitFor(LIMIT);
        return process.output().replaceAll("\u001b\\[[0-9;]*m", "");
    }

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    @Override
    public void close() {
        process.close();
    }
}
