/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The ordered sequences that deliveries wait in, and their durable form. In: a delivery to append,
 * or a restored split. Out: deliveries in order, and one split per lane for each checkpoint. Shared
 * by Jetty's threads and the task's, which meet under the reader's gate.
 */
package io.webhookstreams.connector.lane;
