/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.connector.capture.CaptureWriter.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class CaptureWriterTest {

    private static final int KIB = 1 << 10;

    @TempDir Path root;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long nanos;
    private int made;

    @Test
    void a_request_becomes_a_file_that_only_its_owner_reads() throws IOException {
        CaptureWriter writer = writer(10, 64 * KIB);
        offer(writer, 1, 100);
        assertThat(files()).as("nothing is written on the caller's thread").isEmpty();
        runAll();

        assertThat(outcomes).containsExactly(Outcome.WRITTEN);
        assertThat(files()).containsExactly("id-1.capture");
        Path file = folder().resolve("id-1.capture");
        assertThat(Capture.read(Files.readAllBytes(file)).body()).hasSize(100);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void when_there_are_enough_files_no_more_are_kept_and_none_is_deleted() throws IOException {
        CaptureWriter writer = writer(2, 64 * KIB);
        for (int i = 1; i <= 3; i++) {
            offer(writer, i, 100);
        }
        runAll();

        assertThat(outcomes).containsExactly(Outcome.WRITTEN, Outcome.WRITTEN, Outcome.DROPPED);
        assertThat(files()).containsExactly("id-1.capture", "id-2.capture");

        Files.delete(folder().resolve("id-1.capture"));
        offer(writer, 4, 100);
        runAll();
        assertThat(files()).containsExactly("id-2.capture", "id-4.capture");
    }

    @Test
    void they_are_never_larger_together_than_is_allowed() throws IOException {
        CaptureWriter writer = writer(100, 4 * KIB);
        for (int i = 1; i <= 5; i++) {
            offer(writer, i, KIB);
        }
        runAll();

        assertThat(outcomes)
                .containsExactly(
                        Outcome.WRITTEN,
                        Outcome.WRITTEN,
                        Outcome.WRITTEN,
                        Outcome.DROPPED,
                        Outcome.DROPPED);
        long bytes = 0;
        for (String name : files()) {
            bytes += Files.size(folder().resolve(name));
        }
        assertThat(bytes).isLessThanOrEqualTo(4 * KIB);
    }

    @Test
    void of_a_flood_a_few_a_minute_are_taken_and_the_rest_costs_nothing() throws IOException {
        CaptureWriter writer = writer(1_000, 1 << 20);
        for (int i = 0; i < 1_000; i++) {
            offer(writer, i, 10);
            runAll();
        }
        assertThat(made).isEqualTo(CaptureWriter.MOST_A_MINUTE);
        assertThat(outcomes).hasSize(1_000);

        nanos += Duration.ofMinutes(1).toNanos();
        offer(writer, 1_001, 10);
        runAll();
        assertThat(made).isEqualTo(CaptureWriter.MOST_A_MINUTE + 1);
    }

    @Test
    void what_waits_for_a_slow_disk_is_bounded() {
        CaptureWriter writer = writer(100, 1 << 30);
        int quarter = (int) CaptureWriter.MOST_WAITING_BYTES / 4;
        IntStream.range(0, 6).forEach(i -> offer(writer, i, quarter));
        assertThat(waiting).hasSize(4);
        assertThat(outcomes).containsExactly(Outcome.DROPPED, Outcome.DROPPED);
        runAll();
        outcomes.clear();

        IntStream.range(10, 14).forEach(i -> offer(writer, i, quarter));
        runAll();
        assertThat(outcomes).hasSize(4).containsOnly(Outcome.WRITTEN);
    }

    @Test
    void what_no_thread_takes_gives_its_room_back() {
        CaptureWriter writer =
                new CaptureWriter(
                        folder(),
                        100,
                        1 << 30,
                        outcomes::add,
                        () -> nanos,
                        task -> {
                            throw new RejectedExecutionException("full");
                        });
        int half = (int) CaptureWriter.MOST_WAITING_BYTES / 2;
        IntStream.range(0, 5).forEach(i -> offer(writer, i, half));

        assertThat(outcomes).hasSize(5).containsOnly(Outcome.DROPPED);
        assertThat(made).as("there was room each time").isEqualTo(5);
    }

    @Test
    void a_disk_that_fails_is_counted_and_harms_nobody() throws IOException {
        Files.writeString(folder(), "a file where the folder should be");
        CaptureWriter writer = writer(10, KIB);
        offer(writer, 1, 10);
        offer(writer, 2, 10);
        runAll();
        assertThat(outcomes).containsExactly(Outcome.FAILED, Outcome.FAILED);

        Files.delete(folder());
        offer(writer, 3, 10);
        runAll();
        assertThat(files()).containsExactly("id-3.capture");
    }

    private CaptureWriter writer(int maxFiles, long maxBytes) {
        return new CaptureWriter(
                folder(), maxFiles, maxBytes, outcomes::add, () -> nanos, waiting::add);
    }

    private void offer(CaptureWriter writer, int number, int bytes) {
        writer.offer(bytes, () -> capture(number, bytes));
    }

    private Capture capture(int number, int bytes) {
        made++;
        return new Capture(
                "orders",
                "id-" + number,
                "no_match",
                Instant.EPOCH,
                "POST",
                "/in/orders",
                null,
                List.of(Map.entry("x-signature", "abc")),
                new byte[bytes]);
    }

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private Path folder() {
        return root.resolve("orders");
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
