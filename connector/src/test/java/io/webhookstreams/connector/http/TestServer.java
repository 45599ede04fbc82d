/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.ingest.FakeIntake;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.ingest.Registration;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A server with one stream, {@code orders} at {@code /in/orders}, and a reader without Flink. */
final class TestServer implements AutoCloseable {

    static final String TOKEN = "correct-horse-battery-staple";
    static final String ORDERS = "/in/orders";

    final FakeIntake intake = new FakeIntake();
    MetricListener metrics = new MetricListener();

    /** Room for held requests that a test has taken. */
    final List<Permit> taken = new ArrayList<>();

    private final SourceSettings settings;
    private final WebhookServer server;
    private IngestServer.Handle handle;
    private long incarnation;

    private TestServer(SourceSettings settings, SecretResolver secrets) throws IOException {
        this.settings = settings;
        this.server =
                WebhookServer.start(
                        "test-job",
                        settings.listener(),
                        secrets,
                        TestServer.class.getClassLoader());
    }

    static Options in(Path folder) throws IOException {
        return new Options(folder);
    }

    /** Options of a test's server, on any free ports. */
    static final class Options {
        private final Configuration listener = new Configuration();
        private final Configuration orders = new Configuration();
        private final Path folder;
        private SecretResolver secrets = LocalSecrets.below(Path.of(""));

        private Options(Path folder) throws IOException {
            this.folder = folder;
            Path token = Files.writeString(folder.resolve("token"), TOKEN);
            listener.set(ListenerOptions.PORT, "0");
            listener.set(ListenerOptions.HEALTH_PORT, "0");
            listener.set(ListenerOptions.ADMIN_PORT, "0");
            orders.set(StreamOptions.PATH, ORDERS);
            orders.set(StreamOptions.AUTH_TYPE, "bearer");
            orders.set(StreamOptions.AUTH_SECRETS, List.of("current=file:" + token));
            orders.set(StreamOptions.EVENT_ID, "header:x-event-id");
        }

        Options listener(Consumer<Configuration> more) {
            more.accept(listener);
            return this;
        }

        Options orders(Consumer<Configuration> more) {
            more.accept(orders);
            return this;
        }

        Options secrets(UnaryOperator<SecretResolver> otherwise) {
            secrets = otherwise.apply(secrets);
            return this;
        }

        Options withAdminToken(String token) throws IOException {
            Path file = Files.writeString(folder.resolve("admin-token"), token);
            listener.set(ListenerOptions.ADMIN_TOKEN, "file:" + file);
            return this;
        }

        SourceSettings settings() {
            Map<String, Configuration> streams = new LinkedHashMap<>();
            streams.put("orders", orders);
            return SettingsResolver.resolve(
                    "source", listener, new Configuration(), streams, List.of());
        }

        /** Runs, with its reader registered. */
        TestServer start() throws IOException {
            TestServer server = startWithoutReader();
            server.register();
            return server;
        }

        TestServer startWithoutReader() throws IOException {
            return new TestServer(settings(), secrets);
        }
    }

    /** The reader of the next attempt registers. */
    void register() {
        handle = register(intake);
    }

    IngestServer.Handle register(Intake reader) {
        metrics = new MetricListener();
        return server.register(
                new Registration(
                        settings,
                        0,
                        incarnation++,
                        reader,
                        InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup())));
    }

    /** The reader closes, as between two attempts. */
    void readerCloses() {
        handle.close();
        intake.lose();
    }

    /** Gives back what is {@link #taken}. */
    void giveBack() {
        taken.forEach(Permit::close);
    }

    /** What a reader would have its receipts settled by. */
    Executor settlers() {
        return server.settlers();
    }

    WebhookServer server() {
        return server;
    }

    ServerParts parts() {
        return server.parts();
    }

    URI uri(String path) {
        return URI.create(server.endpoint() + path);
    }

    URI health(String path) {
        return URI.create("http://127.0.0.1:" + server.healthPort() + path);
    }

    URI admin(String path) {
        return URI.create("http://127.0.0.1:" + server.adminPort() + path);
    }

    int port() {
        return uri("/").getPort();
    }

    @Override
    public void close() {
        if (handle != null) {
            readerCloses();
        }
        server.stop();
    }
}
