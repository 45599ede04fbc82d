/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is, or may be, the newest checkpoint or savepoint cannot be read. An older one would forget
 * deliveries that were answered: only a person can decide that.
 */
public final class UnreadableResumePointException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableResumePointException(Path directory, Throwable cause) {
        super(
                directory
                        + ": its metadata cannot be read (expected: the newest complete checkpoint"
                        + " or savepoint. To resume from the one before it, and lose what was"
                        + " answered since, move this directory away; to begin without a past, use"
                        + " --from-scratch)",
                cause);
    }
}
