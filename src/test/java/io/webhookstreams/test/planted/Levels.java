/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * What a system of one process has in its hands, by its admin port; all 0 when it is at rest.
 *
 * @param openRequests of the ingest port
 * @param heldBytes of requests that are not answered
 * @param pendingDeliveries of all readers, not emitted or not answered
 * @param queuedBytes taken from the readers' budgets
 */
record Levels(long openRequests, long heldBytes, long pendingDeliveries, long queuedBytes) {

    static Levels of(WebhooksConfig config) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + config.admin().first() + "/status");
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(5))
                        .header("Authorization", "Bearer " + WebhooksConfig.ADMIN_TOKEN)
                        .build();
        String body =
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
        JsonNode status = new ObjectMapper().readTree(body);
        return new Levels(
                status.required("openRequests").asLong(),
                status.required("heldBytes").asLong(),
                sum(status, "pendingDeliveries"),
                sum(status, "pendingBytes"));
    }

    boolean areThoseOfRest() {
        return openRequests == 0 && heldBytes == 0 && pendingDeliveries == 0 && queuedBytes == 0;
    }

    private static long sum(JsonNode status, String field) {
        long sum = 0;
        for (JsonNode reader : status.required("readers")) {
            sum += reader.required(field).asLong();
        }
        return sum;
    }
}
