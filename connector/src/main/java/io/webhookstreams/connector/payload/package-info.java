/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Turns deliveries into records. In: a delivery that left its lane. Out: the records of its body,
 * or an error. Task thread; never Jetty's.
 */
package io.webhookstreams.connector.payload;
