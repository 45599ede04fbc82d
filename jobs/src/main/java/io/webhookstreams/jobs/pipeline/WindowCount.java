/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

/** The final count of one window of one stream and type. */
public record WindowCount(CountKey key, Window window, long count, ClosedBy closedBy) {

    /** Why no event is counted in the window any more. */
    public enum ClosedBy {
        /** Event time has passed its end and the allowed lateness. */
        WATERMARK("watermark"),
        /** It was quiet for too long, and event time stood still. */
        CLOCK("clock"),
        /** The job was drained: event time has come to its end. */
        DRAIN("drain");

        private final String code;

        ClosedBy(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
