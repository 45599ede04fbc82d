/* SPDX-License-Identifier: Apache-2.0 */
/**
 * More than downstream takes. In: the packaged job with a small heap and stages that take their
 * time, simulated vendors, and the oracle of the proof. Out: that memory stays within its budgets,
 * every answer is explained, nothing that was promised is lost, and what was shed is within its
 * budget.
 */
package io.webhookstreams.test.overload;
