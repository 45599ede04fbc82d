/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A time without a 2xx in which attempts were answered otherwise or not at all.
 *
 * @param answers how often each came meanwhile
 */
record Outage(Instant from, Duration length, Map<String, Long> answers) {

    /** The answers as text. */
    String meanwhile() {
        return answers.entrySet().stream()
                .map(answer -> answer.getKey() + " × " + answer.getValue())
                .collect(Collectors.joining(", "));
    }
}
