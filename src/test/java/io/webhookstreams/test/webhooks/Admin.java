/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.admin.AdminPort;
import io.webhookstreams.jobs.prove.admin.Levels;
import io.webhookstreams.jobs.prove.admin.LevelsCheck;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Commands all listeners of one machine by their admin ports, as an operator does before {@code
 * flink stop --drain}.
 */
public final class Admin {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FreePorts.Range ports;
    private final String token;

    public Admin(FreePorts.Range ports, String token) {
        this.ports = ports;
        this.token = token;
    }

    /** Closes admission everywhere and returns when every listener is drained. */
    public void drain() throws IOException, InterruptedException {
        List<AdminPort> listeners = listeners();
        for (AdminPort port : listeners) {
            port.drain();
        }
        for (AdminPort port : listeners) {
            Await.until(port.url() + ": drained", SOON, () -> isDrained(port));
        }
    }

    private static boolean isDrained(AdminPort port) throws IOException, InterruptedException {
        return port.status().required("drained").asBoolean();
    }

    /** Opens admission again everywhere. */
    public void resume() throws IOException, InterruptedException {
        for (AdminPort port : listeners()) {
            port.resume();
        }
    }

    /** What each listener says of itself. */
    public List<JsonNode> status() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        for (AdminPort port : listeners()) {
            all.add(port.status());
        }
        return all;
    }

    /** What each listener holds. */
    public List<Levels> levels() throws IOException, InterruptedException {
        return status().stream().map(Levels::of).toList();
    }

    /** Compares what each listener holds later with what it holds now. */
    public LevelsCheck levelsCheck() throws IOException, InterruptedException {
        return LevelsCheck.before(listeners());
    }

    private List<AdminPort> listeners() throws IOException, InterruptedException {
        List<AdminPort> listening = new ArrayList<>();
        for (URI url : ports.urls("")) {
            AdminPort port = new AdminPort(url, Map.of("Authorization", "Bearer " + token));
            if (listens(port)) {
                listening.add(port);
            }
        }
        if (listening.isEmpty()) {
            throw new AssertionError(
                    "admin: nobody listens (expected: some port of " + ports + ")");
        }
        return listening;
    }

    private static boolean listens(AdminPort port) throws IOException, InterruptedException {
        try {
            port.status();
            return true;
        } catch (ConnectException nobodyListens) {
            return false;
        }
    }
}
