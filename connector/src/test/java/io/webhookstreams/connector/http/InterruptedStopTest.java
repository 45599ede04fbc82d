/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Flink interrupts the threads of a task that it gives up, and they may be stopping a server. */
class InterruptedStopTest {

    @TempDir Path folder;

    @Test
    void ends_the_wait_for_answers_and_leaves_no_port_and_no_thread() throws Exception {
        Set<Thread> before = threads();
        TestServer server = TestServer.in(folder).start();
        try (RawClient client = new RawClient(server.port())) {
            hold(server, client);

            assertThat(stopInterrupted(server)).as("is interrupted afterwards").isTrue();

            assertThatNothingIsLeft(server, before);
        }
    }

    @Test
    void where_there_is_nothing_to_wait_for_too() throws Exception {
        Set<Thread> before = threads();
        TestServer server = TestServer.in(folder).start();

        assertThat(stopInterrupted(server)).as("is interrupted afterwards").isTrue();

        assertThatNothingIsLeft(server, before);
    }

    private static void hold(TestServer server, RawClient client) throws Exception {
        client.send(
                "POST /in/orders HTTP/1.1\r\nHost: x\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n"
                        + "Authorization: Bearer "
                        + TestServer.TOKEN
                        + "\r\n\r\n{}");
        server.intake.awaitDelivery();
    }

    private static boolean stopInterrupted(TestServer server) throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread task =
                new Thread(
                        () -> {
                            Thread.currentThread().interrupt();
                            server.server().stop();
                            interrupted.set(Thread.currentThread().isInterrupted());
                        });
        task.start();
        task.join();
        return interrupted.get();
    }

    private static void assertThatNothingIsLeft(TestServer server, Set<Thread> before) {
        assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectException.class);
        assertThat(threads()).isSubsetOf(before);
    }

    private static void connect(TestServer server) throws Exception {
        new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
    }

    /** Of any server of these tests. */
    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("webhooks-test-job"));
        return threads;
    }
}
