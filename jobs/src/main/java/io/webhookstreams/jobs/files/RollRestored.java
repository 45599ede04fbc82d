/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;

import java.io.IOException;

/** Finishes a restored file before its first record or at its first checkpoint. */
record RollRestored<T>(RollingPolicy<T, String> others) implements RollingPolicy<T, String> {

    /** A restored file's time of creation: no file was made in 1970. */
    static final long RESTORED = 0;

    @Override
    public boolean shouldRollOnCheckpoint(PartFileInfo<String> file) throws IOException {
        return isRestored(file) || others.shouldRollOnCheckpoint(file);
    }

    @Override
    public boolean shouldRollOnEvent(PartFileInfo<String> file, T record) throws IOException {
        return isRestored(file) || others.shouldRollOnEvent(file, record);
    }

    @Override
    public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long now)
            throws IOException {
        return isRestored(file) || others.shouldRollOnProcessingTime(file, now);
    }

    private static boolean isRestored(PartFileInfo<String> file) {
        return file.getCreationTime() == RESTORED;
    }
}
