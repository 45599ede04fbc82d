/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Admin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What every listener holds when nobody posts: nothing. */
final class Levels {

    private static final Duration SOON = Duration.ofSeconds(30);

    private Levels() {}

    /** Waits a while for the levels to come back; what did not, is told. */
    static List<String> problems(Admin admin) throws IOException, InterruptedException {
        try {
            Await.until("levels: back at 0", SOON, () -> held(admin).isEmpty());
            return List.of();
        } catch (AssertionError notSo) {
            return held(admin);
        }
    }

    private static List<String> held(Admin admin) throws IOException, InterruptedException {
        List<String> held = new ArrayList<>();
        for (JsonNode status : admin.status()) {
            addUnlessZero(held, status, "openRequests");
            addUnlessZero(held, status, "heldBytes");
            addUnlessZero(held, status, "unverifiedRequests");
            for (JsonNode reader : status.required("readers")) {
                addUnlessZero(held, reader, "pendingDeliveries");
                addUnlessZero(held, reader, "pendingBytes");
            }
        }
        return held;
    }

    private static void addUnlessZero(List<String> held, JsonNode of, String name) {
        long level = of.required(name).asLong();
        if (level != 0) {
            held.add("%s: %d after the load (expected: 0)".formatted(name, level));
        }
    }
}
