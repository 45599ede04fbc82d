/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What an answer costs: the source beside the same Jetty that answers at once, in the same run on
 * the same cores. In: {@code h2load} on one core. Out: a page of ratios. Every server is a process
 * of its own, on the other core.
 */
package io.webhookstreams.bench;
