/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.ingest.IngestServer;

import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

class WebhookServersTest {

    @TempDir Path folder;

    @AfterEach
    void stop() {
        WebhookServers.stopAll("job-1");
        WebhookServers.stopAll("job-2");
    }

    @Test
    void subtasks_of_one_job_share_a_server() throws Exception {
        Loader loader = new Loader();

        IngestServer first = WebhookServers.acquire("job-1", anyPort(), loader);
        IngestServer second = WebhookServers.acquire("job-1", anyPort(), loader);

        assertThat(second).isSameAs(first);
    }

    @Test
    void two_jobs_take_two_ports_of_a_range() throws Exception {
        int free = twoFreePorts();
        ListenerSettings range = ports(free + "-" + (free + 1));

        IngestServer first = WebhookServers.acquire("job-1", range, new Loader());
        IngestServer second = WebhookServers.acquire("job-2", range, new Loader());

        assertThat(first.endpoint()).isEqualTo("http://127.0.0.1:" + free);
        assertThat(second.endpoint()).isEqualTo("http://127.0.0.1:" + (free + 1));
    }

    @Test
    void a_range_without_a_free_port_is_named_with_its_option() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> WebhookServers.acquire("job-1", ports(port), new Loader()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("port: " + port + " (expected: a free port on 127.0.0.1)");
        }
    }

    @Test
    void the_class_loaders_release_stops_the_server_and_its_threads() throws Exception {
        Loader loader = new Loader();
        IngestServer server = WebhookServers.acquire("job-1", anyPort(), loader);

        loader.release();

        int port = URI.create(server.endpoint()).getPort();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getContextClassLoader() == loader.asClassLoader());
    }

    @Test
    void a_reader_of_another_class_loader_gets_another_server_that_the_old_hook_leaves_alone()
            throws Exception {
        Loader old = new Loader();
        IngestServer first = WebhookServers.acquire("job-1", anyPort(), old);
        IngestServer second = WebhookServers.acquire("job-1", anyPort(), new Loader());
        assertThat(second).isNotSameAs(first);

        old.release();

        int port = URI.create(second.endpoint()).getPort();
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(connection.isConnected()).isTrue();
        }
    }

    private ListenerSettings anyPort() throws IOException {
        return ports("0");
    }

    private ListenerSettings ports(String ports) throws IOException {
        return TestServer.in(folder)
                .listener(l -> l.set(ListenerOptions.PORT, ports))
                .settings()
                .listener();
    }

    private static int twoFreePorts() throws IOException {
        for (int port = 20_000; port < 30_000; port += 2) {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket first = new ServerSocket(port, 1, loopback);
                    ServerSocket second = new ServerSocket(port + 1, 1, loopback)) {
                return Math.min(first.getLocalPort(), second.getLocalPort());
            } catch (IOException e) {
                assertThat(e).as("taken: the next pair may be free").isNotNull();
            }
        }
        throw new IOException("no two free ports");
    }

    /** A job's class loader, released when the test says so. */
    private static final class Loader implements UserCodeClassLoader {
        private final ClassLoader classes =
                new URLClassLoader(new URL[0], WebhookServersTest.class.getClassLoader());
        private final Map<String, Runnable> hooks = new HashMap<>();

        @Override
        public ClassLoader asClassLoader() {
            return classes;
        }

        @Override
        public void registerReleaseHookIfAbsent(String name, Runnable hook) {
            hooks.putIfAbsent(name, hook);
        }

        void release() {
            hooks.values().forEach(Runnable::run);
        }
    }
}
