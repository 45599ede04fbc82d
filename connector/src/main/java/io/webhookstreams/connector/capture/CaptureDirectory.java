/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.capture;

import io.webhookstreams.auth.capture.Capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one stream. Only its owner can read it. Files appear whole, and none is ever
 * deleted: an attacker must not be able to push out what somebody wants to look at. One thread.
 */
final class CaptureDirectory {

    /** What a file's name ends with; before it stands the delivery's id. */
    static final String ENDING = ".capture";

    private final Path folder;
    private final int maxFiles;
    private final long maxBytes;

    CaptureDirectory(Path folder, int maxFiles, long maxBytes) {
        this.folder = folder;
        this.maxFiles = maxFiles;
        this.maxBytes = maxBytes;
    }

    /**
     * Keeps a request.
     *
     * @return false where there is no room for it
     */
    boolean write(Capture capture) throws IOException {
        byte[] bytes = capture.toBytes();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
        }
        if (!hasRoom(bytes.length)) {
            return false;
        }
        // A name of ours: nothing that a sender chose becomes a path.
        Path part = folder.resolve(capture.deliveryId() + ".part");
        try (SeekableByteChannel out =
                Files.newByteChannel(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly("rw-------"))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
        Files.move(
                part,
                folder.resolve(capture.deliveryId() + ENDING),
                StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Counts whatever is there, what a crash has left too. */
    private boolean hasRoom(long more) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        if (files.size() >= maxFiles) {
            return false;
        }
        long bytes = more;
        for (Path file : files) {
            // Somebody may be tidying up meanwhile.
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes <= maxBytes;
    }

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
