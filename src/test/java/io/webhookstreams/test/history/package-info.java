/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Histories of faults on the real cluster under load. In: a seed and a length, which make a {@link
 * io.webhookstreams.test.history.Plan}. Out: a page that says what was done, what was answered and
 * what the oracle found. One thread strikes; the vendors have their own.
 */
package io.webhookstreams.test.history;
