/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The whole way of a delivery from the request's headers to its lane, as one readable method. In:
 * an exchange. Out: an appended delivery and a held exchange, or a refusal. Jetty's threads; never
 * blocks.
 */
package io.webhookstreams.connector.ingest;
