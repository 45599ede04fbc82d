/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

/**
 * A delivery in its lane.
 *
 * @param wire its wire form with lane and sequence; nobody changes it any more
 * @param place in its stream's part of the queue, closed when the delivery leaves
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record QueuedDelivery(byte[] wire, QueuePlace place) {}
