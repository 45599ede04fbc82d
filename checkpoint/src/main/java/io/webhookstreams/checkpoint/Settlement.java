/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

/** How the promise to answer one delivery ended. */
public enum Settlement {
    /** The tier's condition is met; the only settlement that may become a 2xx. */
    DURABLE,
    /**
     * The deadline came first. The delivery stays in its lane and will be processed; the sender
     * should send it again.
     */
    EXPIRED,
    /**
     * The reader went away first. Nobody knows whether the delivery survives; the sender must send
     * it again.
     */
    LOST
}
