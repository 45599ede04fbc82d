/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

/** What is known of an open window. Times by the clock, milliseconds since the epoch. */
public record OpenWindow(long count, long lastEventAt) {

    static OpenWindow empty() {
        return new OpenWindow(0, 0);
    }

    OpenWindow plusOneAt(long now) {
        return new OpenWindow(count + 1, Math.max(lastEventAt, now));
    }
}
