/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.time.Instant;

/**
 * A step that was carried out.
 *
 * @param at when the fault struck: a process killed at a named instant is dead by then
 * @param verified that it struck at the step's instant; false where the step has none
 */
record Struck(Step step, Instant at, boolean verified) {}
