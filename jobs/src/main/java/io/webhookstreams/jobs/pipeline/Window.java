/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

/** A span of event time, in milliseconds since the epoch: from start up to, not including, end. */
public record Window(long start, long end) {

    /** The window of that size, aligned to the epoch, that a time falls into. */
    static Window of(long time, long size) {
        long start = Math.floorDiv(time, size) * size;
        return new Window(start, start + size);
    }
}
