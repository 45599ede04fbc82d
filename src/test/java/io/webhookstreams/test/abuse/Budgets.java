/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Admin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Asks the admin port for the levels again and again, and notes where one passes its budget; a
 * thread of its own until it is stopped.
 */
public final class Budgets {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Admin admin;
    private final Map<String, Long> budgets;
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::watch, "budgets");
    private volatile boolean stopped;

    /**
     * @param budgets the most that each level of the status may be
     */
    public Budgets(Admin admin, Map<String, Long> budgets) {
        this.admin = admin;
        this.budgets = budgets;
        thread.start();
    }

    /** Where a level was above its budget, or could not be asked for. */
    public List<String> passed() {
        return passed;
    }

    /** Returns when nothing is open, held, unverified or pending any more. */
    public static void awaitNothing(Admin admin) throws InterruptedException {
        Await.until("levels: back at 0", SOON, () -> nothing(admin));
    }

    private static boolean nothing(Admin admin) throws IOException, InterruptedException {
        return levels(admin).values().stream().allMatch(level -> level == 0);
    }

    private void watch() {
        try {
            while (!stopped) {
                compare(levels(admin));
                Await.pause(PAUSE);
            }
        } catch (IOException e) {
            passed.add("status: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Map<String, Long> levels) {
        budgets.forEach(
                (name, most) -> {
                    if (levels.get(name) > most) {
                        passed.add(
                                name
                                        + ": "
                                        + levels.get(name)
                                        + " (expected: at most "
                                        + most
                                        + ")");
                    }
                });
    }

    private static Map<String, Long> levels(Admin admin) throws IOException, InterruptedException {
        Map<String, Long> levels = new TreeMap<>();
        for (JsonNode status : admin.status()) {
            add(
                    levels,
                    status,
                    "openRequests",
                    "heldBytes",
                    "unverifiedRequests",
                    "unverifiedBytes");
            for (JsonNode reader : status.required("readers")) {
                add(levels, reader, "pendingDeliveries", "pendingBytes");
            }
        }
        return levels;
    }

    private static void add(Map<String, Long> levels, JsonNode of, String... names) {
        for (String name : names) {
            levels.merge(name, of.required(name).asLong(), Long::sum);
        }
    }

    /** Returns when its thread has ended. */
    public void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
