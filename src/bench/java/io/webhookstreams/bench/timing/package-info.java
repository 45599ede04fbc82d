/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Asks whether a refusal's time tells where a wrong signature or token differs from the right one.
 * In: nothing. Out: a table, and an exit code. One thread.
 */
package io.webhookstreams.bench.timing;
