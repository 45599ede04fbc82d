/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import java.io.Serializable;
import java.time.Duration;

/**
 * When windows begin and end.
 *
 * @param size length of a window
 * @param allowedLateness how long, in event time, a window stays open after its end
 * @param idleTimeout how long, by the clock, a window may be quiet before the clock closes it
 */
public record WindowSettings(Duration size, Duration allowedLateness, Duration idleTimeout)
        implements Serializable {

    Window windowOf(long time) {
        return Window.of(time, size.toMillis());
    }

    Window windowFrom(long start) {
        return new Window(start, start + size.toMillis());
    }

    /** The watermark that closes the window. */
    long closingWatermark(Window window) {
        return window.end() + allowedLateness.toMillis() - 1;
    }

    /**
     * When the clock closes the window: quiet for the idle timeout, and not before the events that
     * lateness allows had their time.
     *
     * @param quietSince when its last event came, or when this task began to look, if that is later
     */
    long closingClock(Window window, long quietSince) {
        return Math.max(quietSince, window.end() + allowedLateness.toMillis())
                + idleTimeout.toMillis();
    }
}
