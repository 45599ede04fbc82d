/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a vendor waits and sends again, as the simulated ones of {@code webhooks prove} do, from the
 * same file. Of its words these vendors need few; an entry with another one is refused.
 *
 * @param deadline how long it waits for an answer
 * @param retries pauses before the first, second and following retries, whatever the failure was
 */
record VendorRules(Duration deadline, List<Duration> retries) {

    private static final File FILE =
            new File("../jobs/src/main/resources/io/webhookstreams/jobs/prove/vendor/vendors.yaml");

    private static final long USUAL_DEADLINE_SECONDS = 10;
    private static final Set<String> PROVENANCE = Set.of("name", "mark", "marks", "not-stated");
    private static final Set<String> RULES =
            Set.of(
                    "deadline",
                    "delays",
                    "retried",
                    "first",
                    "factor",
                    "longest",
                    "within",
                    "times");

    /** The rules of that vendor. */
    static VendorRules of(String vendor) {
        JsonNode entry = entry(vendor);
        Set<String> unknown = new TreeSet<>();
        entry.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(PROVENANCE);
        unknown.removeAll(RULES);
        if (!unknown.isEmpty() || !entry.path("retried").isEmpty()) {
            throw new IllegalStateException(
                    vendor + ": " + unknown + ", retried (expected: none, after any failure)");
        }
        return new VendorRules(
                Duration.ofSeconds(entry.path("deadline").asLong(USUAL_DEADLINE_SECONDS)),
                entry.has("first") ? growing(entry) : listed(entry));
    }

    /** None where the event is given up. */
    Optional<Duration> pauseBefore(int retry) {
        return retry > retries.size() ? Optional.empty() : Optional.of(retries.get(retry - 1));
    }

    private static List<Duration> listed(JsonNode entry) {
        List<Duration> delays = new ArrayList<>();
        entry.required("delays").forEach(delay -> delays.add(Duration.ofSeconds(delay.asLong())));
        return delays;
    }

    private static List<Duration> growing(JsonNode entry) {
        List<Duration> delays = new ArrayList<>();
        Duration all = Duration.ZERO;
        Duration within = Duration.ofSeconds(entry.required("within").asLong());
        double next = entry.required("first").asDouble();
        while (delays.size() < entry.path("times").asInt(Integer.MAX_VALUE)) {
            Duration delay =
                    Duration.ofSeconds((long) Math.min(next, entry.required("longest").asDouble()));
            all = all.plus(delay);
            if (all.compareTo(within) > 0) {
                break;
            }
            delays.add(delay);
            next *= entry.required("factor").asDouble();
        }
        return delays;
    }

    private static JsonNode entry(String vendor) {
        try {
            for (JsonNode entry : new YAMLMapper().readTree(FILE)) {
                if (entry.required("name").asText().equals(vendor)) {
                    return entry;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(vendor + ": missing in " + FILE);
    }
}
