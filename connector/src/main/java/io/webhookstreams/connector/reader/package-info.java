/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Stands between the server and the task. In: deliveries that are offered, and Flink's calls. Out:
 * records, snapshots of the lanes, and settled receipts. Flink's calls come on the task's thread,
 * offers on Jetty's; they meet under one gate, and neither waits for the other.
 */
package io.webhookstreams.connector.reader;
