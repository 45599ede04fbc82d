/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.time.Instant;

/**
 * A step that was carried out.
 *
 * @param at when the fault struck: a process killed at a named moment is dead by then
 * @param hit whether it was verified that it struck at the step's moment; true for any time
 */
record Struck(Step step, Instant at, boolean hit) {}
