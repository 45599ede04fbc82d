/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The whole way of a delivery from the request's headers to its lane, as one readable method. In:
 * an exchange. Out: an appended delivery and a held exchange, a handshake's answer, or a refusal.
 * Jetty's threads; never blocks. Knows neither Jetty nor Flink's runtime.
 *
 * <ol>
 *   <li>{@link io.webhookstreams.connector.ingest.IngestPath#arrived} routes and refuses what the
 *       headers alone condemn.
 *   <li>A {@link io.webhookstreams.connector.ingest.BodyReader} takes the body as it arrives,
 *       within the budget of those that are not verified.
 *   <li>{@link io.webhookstreams.connector.ingest.IngestPath#bodyRead} authenticates, decodes,
 *       reads the envelope, admits and appends.
 *   <li>A {@link io.webhookstreams.connector.ingest.HeldRequest} answers when its receipt settles.
 * </ol>
 */
package io.webhookstreams.connector.ingest;
