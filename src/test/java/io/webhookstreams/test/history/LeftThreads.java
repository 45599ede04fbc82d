/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The listener's threads in TaskManagers whose job has ended: none, after however many attempts.
 */
final class LeftThreads {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** All threads of a listener are called after the job and its id. */
    private static final String OURS = "\"webhooks-";

    private LeftThreads() {}

    /** Waits a while for them to end; those that did not are told. */
    static List<String> problems(List<ChildProcess> taskManagers)
            throws IOException, InterruptedException {
        try {
            Await.until("threads: none left", SOON, () -> left(taskManagers).isEmpty());
            return List.of();
        } catch (AssertionError notSo) {
            return left(taskManagers);
        }
    }

    private static List<String> left(List<ChildProcess> taskManagers)
            throws IOException, InterruptedException {
        List<String> left = new ArrayList<>();
        for (ChildProcess taskManager : taskManagers) {
            for (String line : threads(taskManager)) {
                if (line.startsWith(OURS)) {
                    left.add("thread of an ended job in " + taskManager.name() + ": " + line);
                }
            }
        }
        return left;
    }

    private static List<String> threads(ChildProcess of) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(jcmd, Long.toString(of.pid()), "Thread.print")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("jcmd: exit status %d (expected: 0)".formatted(status));
            }
            return lines;
        }
    }
}
