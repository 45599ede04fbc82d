/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.test.faults.FileRules;
import io.webhookstreams.test.faults.FileRules.InForce;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class ChaosFileSystemTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] TEN = "0123456789".getBytes(StandardCharsets.UTF_8);

    @TempDir private java.nio.file.Path directory;

    private final List<InForce> inForce = new ArrayList<>();
    private FileRules rules;

    @BeforeEach
    void prepare() throws IOException {
        rules = FileRules.in(directory.resolve("control"));
    }

    @AfterEach
    void lift() {
        inForce.forEach(InForce::close);
    }

    @Test
    void without_a_rule_it_is_the_local_file_system() throws Exception {
        write(files(), "plain");

        assertThat(content("plain")).isEqualTo("0123456789");
        assertThat(files().getFileStatus(path("plain")).getPath().toUri().getScheme())
                .isEqualTo("chaos");
        assertThat(rules.events()).isEmpty();
    }

    @Test
    void a_failing_creation_leaves_no_file_and_other_paths_alone() throws Exception {
        enforce(Rule.of("r", Operation.CREATE, "/bad$", Action.FAIL));

        assertThatThrownBy(() -> write(files(), "bad"))
                .isInstanceOf(IOException.class)
                .hasMessage("rule r: fails");
        write(files(), "good");

        assertThat(directory.resolve("bad")).doesNotExist();
        assertThat(rules.events())
                .extracting(Event::phase)
                .containsExactly(Event.Phase.REACHED, Event.Phase.FAILED);
    }

    @Test
    void a_full_disk_takes_half_of_the_bytes() throws Exception {
        enforce(Rule.of("r", Operation.WRITE, "/file$", Action.FULL_DISK));

        assertThatThrownBy(() -> write(files(), "file")).hasMessage("No space left on device");

        assertThat(content("file")).isEqualTo("01234");
    }

    @Test
    void a_rule_for_another_process_is_not_obeyed() throws Exception {
        enforce(Rule.of("r", Operation.CREATE, "/file$", Action.FAIL).in("taskmanager-.*"));

        write(files(), "file");

        assertThat(content("file")).isEqualTo("0123456789");
    }

    @Test
    void a_delay_passes_before_the_operation() throws Exception {
        Duration delay = Duration.ofMillis(50);
        enforce(Rule.of("r", Operation.CLOSE, "/file$", Action.DELAY).delayed(delay));

        long start = System.nanoTime();
        write(files(), "file");

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
        assertThat(rules.events())
                .extracting(Event::phase)
                .containsExactly(Event.Phase.REACHED, Event.Phase.DONE);
    }

    @Test
    void a_commit_hangs_through_an_interrupt_until_the_rule_is_lifted() throws Exception {
        InForce hang = enforce(Rule.of("r", Operation.COMMIT, "/file$", Action.HANG));
        CompletableFuture<Boolean> committed = new CompletableFuture<>();
        Thread thread = new Thread(() -> commit(committed), "committer");
        thread.start();
        Event reached = hang.await("reached", SOON, e -> e.phase() == Event.Phase.REACHED);

        thread.interrupt();
        assertThat(reached)
                .isEqualTo(
                        new Event(
                                "here",
                                Event.Phase.REACHED,
                                Operation.COMMIT,
                                "r",
                                "committer",
                                directory.resolve("file").toString()));
        assertThat(directory.resolve("file")).doesNotExist();

        hang.close();
        assertThat(committed.get()).as("interrupted").isTrue();
        assertThat(content("file")).isEqualTo("0123456789");
        thread.join();
    }

    @Test
    void a_hang_can_be_released_as_a_failure() throws Exception {
        InForce hang = enforce(Rule.of("r", Operation.COMMIT, "/file$", Action.HANG));
        CompletableFuture<Boolean> committed = new CompletableFuture<>();
        Thread thread = new Thread(() -> commit(committed), "committer");
        thread.start();
        hang.await("reached", SOON, e -> e.phase() == Event.Phase.REACHED);

        hang.replace(hang.rule().become(Action.FAIL));

        assertThatThrownBy(committed::get).hasMessageContaining("rule r: fails");
        assertThat(directory.resolve("file")).doesNotExist();
        thread.join();
    }

    @Test
    void what_a_checkpoint_holds_of_an_open_file_can_be_resumed_and_committed_later()
            throws Exception {
        RecoverableWriter writer = files().createRecoverableWriter();
        RecoverableWriter.ResumeRecoverable kept;
        try (RecoverableFsDataOutputStream stream = writer.open(path("file"))) {
            stream.write(TEN);
            kept = stream.persist();
            stream.write(TEN);
        }
        InForce fail = enforce(Rule.of("r", Operation.COMMIT, "/file$", Action.FAIL));
        RecoverableFsDataOutputStream.Committer committer = writer.recover(kept).closeForCommit();

        assertThatThrownBy(committer::commit).hasMessage("rule r: fails");
        fail.close();
        new ChaosFileSystem(gate())
                .createRecoverableWriter()
                .recoverForCommit(committer.getRecoverable())
                .commitAfterRecovery();

        assertThat(content("file")).isEqualTo("0123456789");
    }

    @Test
    void flink_finds_it_by_what_is_on_the_class_path() throws Exception {
        java.nio.file.Path classes = rules.classes();

        assertThat(
                        Files.readString(
                                classes.resolve(
                                        "META-INF/services/"
                                                + "org.apache.flink.core.fs.FileSystemFactory")))
                .isEqualTo(ChaosFileSystemFactory.class.getName() + "\n");
        assertThat(
                        classes.resolve(
                                ChaosFileSystemFactory.class.getName().replace('.', '/')
                                        + ".class"))
                .exists();
    }

    private void commit(CompletableFuture<Boolean> committed) {
        try (RecoverableFsDataOutputStream stream =
                files().createRecoverableWriter().open(path("file"))) {
            stream.write(TEN);
            stream.closeForCommit().commit();
            committed.complete(Thread.interrupted());
        } catch (IOException e) {
            committed.completeExceptionally(e);
        }
    }

    private InForce enforce(Rule rule) throws IOException {
        InForce now = rules.enforce(rule);
        inForce.add(now);
        return now;
    }

    private void write(ChaosFileSystem files, String name) throws IOException {
        try (FSDataOutputStream out = files.create(path(name), WriteMode.OVERWRITE)) {
            out.write(TEN);
        }
    }

    /** A new one knows the rules at once. */
    private ChaosFileSystem files() {
        return new ChaosFileSystem(gate());
    }

    private Gate gate() {
        return new Gate(directory.resolve("control"), "here");
    }

    private Path path(String name) {
        return new Path("chaos://" + directory.resolve(name));
    }

    private String content(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
