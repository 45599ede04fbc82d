/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One record of the sink's files, with its place in its lane and the file that it stands in.
 *
 * @param lane -1 where the record does not tell
 * @param body digest of the body; none where the record has none
 */
public record Emitted(String eventId, int lane, long sequence, Path file, OptionalLong body) {

    /** A record without a body. */
    public Emitted(String eventId, int lane, long sequence, Path file) {
        this(eventId, lane, sequence, file, OptionalLong.empty());
    }
}
