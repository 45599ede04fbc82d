/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

/** When a stream says 2xx. */
public enum Tier {
    /** After a completed checkpoint contains the delivery: nothing that was answered is lost. */
    CHECKPOINT,
    /** As soon as the delivery is appended, durable or not: explicit fire-and-forget. */
    ACCEPT
}
