/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that a checkpoint holds unfinished.
 *
 * @param file the file under its hidden name
 * @param length bytes of it that belong to the checkpoint; a process may be appending more
 */
record LocalPart(Path file, long length) {

    private static final int VERSION = 1;
    private static final int MAGIC = 0x1e744b57;

    /**
     * From a checkpoint's bytes, which are the only public view of the local file system's
     * recoverables.
     */
    static LocalPart read(int version, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int magic = buffer.getInt();
        if (version != VERSION || magic != MAGIC) {
            throw new IOException(
                    "local file's state: version %d, magic %08x (expected: version %d, magic %08x)"
                            .formatted(version, magic, VERSION, MAGIC));
        }
        long length = buffer.getLong();
        int targetBytes = buffer.getInt();
        byte[] file = new byte[buffer.getInt()];
        buffer.position(buffer.position() + targetBytes).get(file);
        return new LocalPart(Path.of(new String(file, StandardCharsets.UTF_8)), length);
    }

    /**
     * Puts a copy of the checkpoint's bytes in the place of the file, at once and durably. Whoever
     * has the file open, here or on another host, keeps the old one to itself.
     */
    void detach() throws IOException {
        // Of its own for each attempt: one that was given up may be copying still.
        Path copy = file.resolveSibling(file.getFileName() + ".copy." + UUID.randomUUID());
        try {
            copyTo(copy);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void copyTo(Path copy) throws IOException {
        try (FileChannel in = FileChannel.open(file);
                FileChannel out =
                        FileChannel.open(
                                copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long copied = 0;
            while (copied < length) {
                long more = in.transferTo(copied, length - copied, out);
                if (more == 0) {
                    throw new EOFException(
                            "%s: %d bytes (expected: %d, as in its checkpoint)"
                                    .formatted(file, copied, length));
                }
                copied += more;
            }
            out.force(true);
        }
    }
}
