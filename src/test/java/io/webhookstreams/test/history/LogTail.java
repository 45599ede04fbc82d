/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log that a process goes on writing. */
record LogTail(Path log) {

    private static final long LENGTH = 256 * 1024;

    /** How long the log is now, in bytes. */
    long end() throws IOException {
        return log.toFile().length();
    }

    /** The last lines; the first of them may be cut. */
    List<String> lines() throws IOException {
        return since(Math.max(0, end() - LENGTH));
    }

    /** What came after that many bytes. */
    List<String> since(long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - offset)];
            file.seek(offset);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }
}
