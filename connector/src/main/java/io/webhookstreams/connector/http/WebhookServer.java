/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.connector.ListenerOptions.Tls;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.ingest.ConfigurationStatus;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.ingest.Registration;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import javax.annotation.Nullable;

/**
 * One running server: its ports, its threads and its clockwork. Started by its registry, stopped
 * once; readers come and go meanwhile.
 */
final class WebhookServer implements IngestServer {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);

    /** Nothing blocks on these threads, so more of them would not help. */
    private static final int MOST_THREADS =
            Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private static final long SWEEP_MILLIS = 100;
    private static final long RESUME_MILLIS = 20;
    private static final long REFRESH_MILLIS = 1_000;
    private static final Duration JOIN = Duration.ofSeconds(2);

    private final ListenerSettings settings;
    private final LoaderThreadPool pool;
    private final SettledAnswers answers = new SettledAnswers();
    private final Executor settlers;
    private final ServerThreads threads;

    /** What must come on time, Jetty's timeouts among it; nothing on it blocks. */
    private final ScheduledExecutorService scheduler;

    /** Whatever reads files, for a mount may hang. */
    private final ScheduledExecutorService files;

    private final ServerThreads fileThreads;
    private final ServerParts parts;
    private final Server jetty;
    private String endpoint;
    private ServerConnector ingest;
    private ServerConnector health;
    @Nullable private ServerConnector admin;

    private WebhookServer(
            String jobId, ListenerSettings settings, SecretResolver secrets, ClassLoader loader) {
        String name = "webhooks-" + jobId;
        this.settings = settings;
        this.pool = new LoaderThreadPool(name, MOST_THREADS, loader);
        this.settlers = answers.settlersOn(pool);
        this.threads = new ServerThreads(name + "-clock", loader);
        this.scheduler = Executors.newSingleThreadScheduledExecutor(threads);
        this.fileThreads = new ServerThreads(name + "-files", loader);
        this.files = Executors.newSingleThreadScheduledExecutor(fileThreads);
        this.parts = new ServerParts(settings, secrets, settlers, threads);
        this.jetty = new Server(pool, new ScheduledExecutorScheduler(scheduler), null);
    }

    /**
     * Binds and starts.
     *
     * @param secrets may take any time
     * @throws IOException if a port or a file of the settings cannot be used
     */
    static WebhookServer start(
            String jobId, ListenerSettings settings, SecretResolver secrets, ClassLoader loader)
            throws IOException {
        WebhookServer server = new WebhookServer(jobId, settings, secrets, loader);
        try {
            server.open();
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.stop();
            throw e;
        }
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    int healthPort() {
        return health.getLocalPort();
    }

    /** The admin port; -1 where there is none. */
    int adminPort() {
        return admin == null ? -1 : admin.getLocalPort();
    }

    ServerParts parts() {
        return parts;
    }

    @Override
    public Executor settlers() {
        return settlers;
    }

    @Override
    public Handle register(Registration registration) {
        Handle handle = parts.registrations.register(registration);
        applyWanted();
        return handle;
    }

    @Override
    public void reconfigure(SourceSettings source, long version) {
        parts.registrations.want(source, version);
        applyWanted();
    }

    /** At once; and every second, for what could not be used then. */
    private void applyWanted() {
        try {
            files.execute(guarded(parts.registrations::applyWanted));
        } catch (RejectedExecutionException e) {
            LOG.debug("the server stops: a configuration comes too late", e);
        }
    }

    @Override
    public ConfigurationStatus configuration(String source) {
        return parts.registrations.configuration(source);
    }

    /**
     * Waits for settled answers to leave, within the flush timeout, and then ends every thread.
     * Readers have closed by now, so what they held is settled. An interrupt, which is still there
     * afterwards, ends the wait and nothing else: what went on would keep the port and the job's
     * class loader for good.
     */
    void stop() {
        boolean interrupted = !awaitFlushed();
        // Left pending it would end at once whatever is waited for below.
        interrupted |= Thread.interrupted();
        try {
            stopJetty();
        } finally {
            interrupted |= !stopThreads();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False: interrupted. */
    private boolean awaitFlushed() {
        try {
            if (!parts.open.awaitNone(settings.stopFlushTimeout())) {
                LOG.warn(
                        "stop.flush-timeout: {} passed with {} requests unanswered; their senders"
                                + " will send again",
                        settings.stopFlushTimeout(),
                        parts.open.now());
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** False: interrupted. */
    private boolean stopThreads() {
        parts.deadlines.close();
        scheduler.shutdownNow();
        files.shutdownNow();
        try {
            threads.join(JOIN);
            fileThreads.join(JOIN);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void open() throws IOException {
        Connectors connectors = new Connectors(jetty, settings, parts.metrics);
        PortsHandler handlers = new PortsHandler();
        ReloadingTls tls =
                settings.tls() == Tls.PEM ? new ReloadingTls(settings, parts.metrics) : null;
        ingest = connectors.ingest(tls);
        endpoint = boundTo();
        ClientAddresses clients = new ClientAddresses(settings.peers());
        handlers.add(
                ingest, new IngestHandler(parts.path, parts.open, answers, parts.clock, clients));
        health = connectors.health();
        handlers.add(health, new HealthHandler(parts.registrations, parts.admission.drain()));
        if (settings.adminToken() != null) {
            admin = connectors.admin();
            handlers.add(admin, adminHandler());
        }
        jetty.setHandler(handlers);
        jetty.setErrorHandler(new ProblemErrorHandler(parts.retryAfter, parts.ids, parts.metrics));
        startJetty();
        every(SWEEP_MILLIS, scheduler, parts.admission.unverified()::sweep);
        every(RESUME_MILLIS, scheduler, parts.pausedReads::sweep);
        every(REFRESH_MILLIS, files, parts.registrations::refreshSecrets);
        every(REFRESH_MILLIS, files, parts.registrations::applyWanted);
        if (tls != null) {
            every(REFRESH_MILLIS, files, tls::refresh);
        }
        LOG.info("listening on {}, health on port {}", endpoint(), healthPort());
    }

    private String boundTo() {
        String scheme = settings.tls() == Tls.PEM ? "https" : "http";
        String host = settings.address();
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return scheme + "://" + literal + ":" + ingest.getLocalPort();
    }

    private AdminHandler adminHandler() throws IOException {
        Verifier token = adminVerifier();
        every(REFRESH_MILLIS, files, token::refresh);
        return new AdminHandler(
                token, parts.clock, parts.admission, parts.open, parts.registrations);
    }

    private Verifier adminVerifier() throws IOException {
        try {
            return AuthSchemes.verifier(
                    AuthSettings.of(AuthSchemes.BEARER, settings.adminToken()), parts.secrets);
        } catch (SecretUnavailableException e) {
            throw new IOException("admin.token: " + e.getMessage(), e);
        }
    }

    private static void every(long millis, ScheduledExecutorService thread, Runnable task) {
        // Ends with the scheduler; nobody waits for it.
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // One failure must not end the task for good.
                LOG.error("a periodic task failed", e);
            }
        };
    }

    private void startJetty() throws IOException {
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IOException("listener: Jetty does not start", e);
        }
    }

    private void stopJetty() {
        try {
            jetty.stop();
        } catch (Exception e) {
            LOG.warn("listener: Jetty does not stop cleanly", e);
        } finally {
            for (var connector : jetty.getConnectors()) {
                ((ServerConnector) connector).close();
            }
        }
    }
}
