/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * One request and its answer.
 *
 * @param number 1 for the first attempt of its event
 */
public record Attempt(
        String eventId, int number, URI to, Instant at, Duration took, Answer answer) {}
