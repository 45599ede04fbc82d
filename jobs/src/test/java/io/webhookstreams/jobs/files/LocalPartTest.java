/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

class LocalPartTest {

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve(".part"), "one\ntwo\n");
    }

    @Test
    void is_read_from_what_flink_keeps_in_a_checkpoint() throws IOException {
        RecoverableWriter flinks = FileSystem.getLocalFileSystem().createRecoverableWriter();
        org.apache.flink.core.fs.Path target =
                new org.apache.flink.core.fs.Path(directory.resolve("pärt-0").toUri());
        byte[] bytes;
        try (RecoverableFsDataOutputStream stream = flinks.open(target)) {
            stream.write("one\n".getBytes(StandardCharsets.UTF_8));
            bytes = flinks.getResumeRecoverableSerializer().serialize(stream.persist());
        }

        LocalPart part =
                LocalPart.read(flinks.getResumeRecoverableSerializer().getVersion(), bytes);

        assertThat(part.file()).hasContent("one\n");
        assertThat(part.length()).isEqualTo(4);
    }

    @Test
    void another_version_of_the_bytes_is_refused_by_name() {
        assertThatThrownBy(() -> LocalPart.read(2, new byte[40]))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "local file's state: version 2, magic 00000000"
                                + " (expected: version 1, magic 1e744b57)");
    }

    @Test
    void is_detached_with_the_bytes_of_the_checkpoint_from_whoever_has_it_open()
            throws IOException {
        try (OutputStream open = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            new LocalPart(file, 4).detach();
            open.write("three\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(file).hasContent("one\n");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void of_no_bytes_is_detached_as_an_empty_file() throws IOException {
        new LocalPart(file, 0).detach();

        assertThat(file).isEmptyFile();
    }

    @Test
    void with_fewer_bytes_than_its_checkpoint_is_refused_and_left_as_it_is() throws IOException {
        assertThatThrownBy(() -> new LocalPart(file, 9).detach())
                .isInstanceOf(EOFException.class)
                .hasMessage(file + ": 8 bytes (expected: 9, as in its checkpoint)");

        assertThat(file).hasContent("one\ntwo\n");
        assertThat(files()).containsExactly(file);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
