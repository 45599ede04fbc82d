/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to the job.
 *
 * @param kind what, for example {@code a TaskManager killed}
 * @param moment at which point of the job's work, for example {@code before the barrier}
 * @param verified whether it was verified that it struck at that moment; none where that was not
 *     asked, as any moment would do
 * @param at when it struck, by this machine's clock
 */
public record Fault(String kind, String moment, Optional<Boolean> verified, Instant at) {}
