/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.config.PortRange;
import io.webhookstreams.connector.ingest.IngestServer;

import org.apache.flink.util.UserCodeClassLoader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of this JVM: one per job and listen address, shared by all sources and subtasks.
 *
 * <p>A server outlives the tasks: between two attempts it answers 503 instead of refusing
 * connections. It ends when Flink releases the job's class loader, that is when this TaskManager
 * has no more slots for the job, or when a reader comes with another class loader. There is no JVM
 * shutdown hook, for it would hold on to the class loader.
 */
public final class WebhookServers {

    private static final Map<Key, Running> SERVERS = new HashMap<>();

    private WebhookServers() {}

    /**
     * The server of this job and address, started if it does not run yet. On a task's thread.
     *
     * @param loader the job's; its release stops the server
     * @throws IOException if no port is free, or a file of the settings cannot be used
     */
    public static synchronized IngestServer acquire(
            String jobId, ListenerSettings settings, UserCodeClassLoader loader)
            throws IOException {
        Key key = new Key(jobId, settings.address(), settings.ports());
        ClassLoader classes = loader.asClassLoader();
        Running running = SERVERS.get(key);
        if (running != null && running.loader() != classes) {
            stop(key, running);
            running = null;
        }
        if (running == null) {
            SecretResolver secrets = LocalSecrets.below(Path.of("").toAbsolutePath());
            Running started =
                    new Running(WebhookServer.start(jobId, settings, secrets, classes), classes);
            SERVERS.put(key, started);
            running = started;
        }
        Running current = running;
        loader.registerReleaseHookIfAbsent("webhook-streams-" + key, () -> stop(key, current));
        return current.server();
    }

    /** Stops every server of a job, where no class loader will be released: in tests. */
    public static synchronized void stopAll(String jobId) {
        for (Map.Entry<Key, Running> entry : List.copyOf(SERVERS.entrySet())) {
            if (entry.getKey().jobId().equals(jobId)) {
                stop(entry.getKey(), entry.getValue());
            }
        }
    }

    /** A hook may come late, when another server has taken this one's place. */
    private static synchronized void stop(Key key, Running running) {
        if (SERVERS.remove(key, running)) {
            running.server().stop();
        }
    }

    private record Key(String jobId, String address, PortRange ports) {}

    private record Running(WebhookServer server, ClassLoader loader) {}
}
