/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JobManagers of a cluster: one that leads, and those that stand by. Used from one thread. */
final class JobManagers implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Starts a process of that name with its REST port. */
    @FunctionalInterface
    interface Launcher {
        ChildProcess launch(String name, int restPort);
    }

    private final Launcher launcher;
    private final Leadership leadership;
    private final Map<Integer, ChildProcess> byRestPort = new LinkedHashMap<>();

    JobManagers(int count, Leadership leadership, Launcher launcher) {
        this.leadership = leadership;
        this.launcher = launcher;
        for (int i = 1; i <= count; i++) {
            int port = FreePorts.one();
            byRestPort.put(port, launcher.launch(i == 1 ? "jobmanager" : "jobmanager-" + i, port));
        }
    }

    List<ChildProcess> all() {
        return List.copyOf(byRestPort.values());
    }

    /** Returns the one that leads, when one does. */
    ChildProcess leader() throws InterruptedException {
        return Await.value("jobmanagers: one leads", SOON, this::leaderNow);
    }

    /** Returns the one that leads, when it is another one than that. */
    ChildProcess leaderOtherThan(String name) throws InterruptedException {
        return Await.value(
                "jobmanagers: another one than " + name + " leads",
                SOON,
                () -> leaderNow().filter(leader -> !leader.name().equals(name)));
    }

    private Optional<ChildProcess> leaderNow() {
        return leadership.now().map(URI::getPort).map(byRestPort::get);
    }

    /** SIGKILL, and another at once with its name and port. */
    void killAndRestart(ChildProcess victim) throws InterruptedException {
        boolean led = leaderNow().filter(victim::equals).isPresent();
        victim.kill();
        if (led) {
            leadership.forget();
        }
        byRestPort.replaceAll(
                (port, process) ->
                        process == victim ? launcher.launch(victim.name(), port) : process);
    }

    @Override
    public void close() {
        all().forEach(ChildProcess::close);
        leadership.close();
    }
}
