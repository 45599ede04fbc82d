/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import java.io.IOException;

/** As Linux says it. */
final class FullDiskException extends IOException {

    private static final long serialVersionUID = 1L;

    FullDiskException() {
        super("No space left on device");
    }
}
