/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Another run has the data directory. */
public final class DataDirectoryInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    DataDirectoryInUseException(Path path) {
        super("job.data-dir: " + path + " (expected: in use by no other run)");
    }
}
