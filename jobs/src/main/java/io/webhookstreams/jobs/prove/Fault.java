/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import java.time.Instant;

/**
 * Something that was done to the job.
 *
 * @param kind what, for example {@code SIGKILL of a TaskManager}
 * @param instant at which point of the job's work, for example {@code before the barrier}
 * @param at when, by this machine's clock
 */
public record Fault(String kind, String instant, Instant at) {}
