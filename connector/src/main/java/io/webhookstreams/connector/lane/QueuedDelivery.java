/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.checkpoint.Permit;

/**
 * A delivery in its lane.
 *
 * @param wire its wire form with lane and sequence; nobody changes it any more
 * @param permit for its bytes, closed when the delivery leaves the queue
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record QueuedDelivery(byte[] wire, Permit permit) {}
