/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What happens to a durable delivery. In: {@code WebhookDelivery} records of the source. Out: files
 * of good events, counts, late events, dead letters and shed events. {@link
 * io.webhookstreams.jobs.pipeline.Pipeline} wires it on the client; everything else runs on task
 * threads.
 */
package io.webhookstreams.jobs.pipeline;
