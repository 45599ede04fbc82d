/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.admin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * What a listener and its readers have in their hands.
 *
 * @param openRequests of the ingest port
 * @param heldBytes of requests that are not answered
 * @param unverifiedRequests whose bodies are being read
 * @param pendingDeliveries of all its readers, not emitted or not answered
 * @param pendingBytes taken from the readers' budgets
 */
public record Levels(
        long openRequests,
        long heldBytes,
        long unverifiedRequests,
        long pendingDeliveries,
        long pendingBytes) {

    /** Of a listener to which nobody posts. */
    public static final Levels REST = new Levels(0, 0, 0, 0, 0);

    /** Out of an answer of {@code GET /status}. */
    public static Levels of(JsonNode status) {
        return new Levels(
                status.required("openRequests").asLong(),
                status.required("heldBytes").asLong(),
                status.required("unverifiedRequests").asLong(),
                sum(status, "pendingDeliveries"),
                sum(status, "pendingBytes"));
    }

    private static long sum(JsonNode status, String field) {
        long sum = 0;
        for (JsonNode reader : status.required("readers")) {
            sum += reader.required(field).asLong();
        }
        return sum;
    }

    /** Which of them are higher than they were, one line each. */
    public List<String> above(Levels before) {
        List<String> higher = new ArrayList<>();
        compare("openRequests", openRequests, before.openRequests, higher);
        compare("heldBytes", heldBytes, before.heldBytes, higher);
        compare("unverifiedRequests", unverifiedRequests, before.unverifiedRequests, higher);
        compare("pendingDeliveries", pendingDeliveries, before.pendingDeliveries, higher);
        compare("pendingBytes", pendingBytes, before.pendingBytes, higher);
        return higher;
    }

    private static void compare(String name, long now, long before, List<String> higher) {
        if (now > before) {
            higher.add("%s: %d (expected: at most %d)".formatted(name, now, before));
        }
    }
}
