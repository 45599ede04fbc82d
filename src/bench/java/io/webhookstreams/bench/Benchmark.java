/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures and writes the page. Arguments: the page, the directory of this module. Properties:
 * {@code bench.only} (parts: throughput, held, many, recovery), {@code bench.systems} (keys of
 * systems) and {@code bench.quick}; with any of them the page goes to {@code target/benchmarks.md}.
 */
public final class Benchmark {

    private static final int HELD = 20_000;
    private static final int HELD_STREAMS = 100_000;

    /** As many files as a process may have open here, less what it needs for itself. */
    private static final int SPARE_FILES = 600;

    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.fromProperties();
        Path logs = Files.createDirectories(Path.of("target", "bench"));
        Path work = Files.createTempDirectory("webhook-bench");
        try {
            measure(plan, logs, work, Path.of(arguments[0]), Path.of(arguments[1]));
        } finally {
            delete(work);
        }
    }

    private static void measure(Plan plan, Path logs, Path work, Path target, Path module)
            throws Exception {
        Path secret = Files.writeString(work.resolve("secret"), "a-secret-of-the-benchmark");
        Map<Integer, Message> messages =
                Map.of(
                        1, Message.ofKibibytes(1, work, secret),
                        16, Message.ofKibibytes(16, work, secret),
                        256, Message.ofKibibytes(256, work, secret));
        Systems systems = new Systems(work, logs, module.resolve("peers"), secret);
        HeldRequests held = new HeldRequests(systems, messages.get(1), work);
        OpenFiles.allow(HELD + SPARE_FILES);
        Neighbours neighbours = new Neighbours();
        BenchmarkPage page = new BenchmarkPage(Environment.read(), neighbours);
        Throughput throughput = new Throughput(plan, systems, new Load(work, neighbours), messages);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("throughput", () -> page.throughput(throughput.measure(), throughput.weights()));
        parts.put("held", () -> held(plan, held, page));
        parts.put("many", () -> many(held, page));
        parts.put(
                "recovery",
                () ->
                        page.recovery(
                                new Recovery(systems, messages.get(1))
                                        .measure(plan.quick() ? 1 : 3)));
        boolean whole = plan.parts().isEmpty() && plan.only().isEmpty() && !plan.quick();
        Path file = whole ? target : Path.of("target", "benchmarks.md");
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (plan.has(part.getKey())) {
                measure(part.getKey(), part.getValue(), page);
                // After each part: what follows may take long, or fail.
                Files.writeString(file, page.text(Files.readString(module.resolve("notes.md"))));
            }
        }
        System.out.println(Files.readString(file));
    }

    private interface Part {
        void measure() throws Exception;
    }

    /** A part that fails is reported on the page; the others count all the same. */
    private static void measure(String name, Part part, BenchmarkPage page)
            throws InterruptedException {
        try {
            part.measure();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Progress.say(name + ": " + e);
            page.failed(name, e);
        }
    }

    private static void held(Plan plan, HeldRequests held, BenchmarkPage page) {
        List<HeldRequests.Figures> figures = new ArrayList<>();
        for (int round = 0; round < (plan.quick() ? 1 : 2); round++) {
            figures.add(held.overHttp2(HELD, 2048));
        }
        page.held(figures);
    }

    private static void many(HeldRequests held, BenchmarkPage page) throws IOException {
        int http1 = (int) Math.min(HELD, OpenFiles.limit() - SPARE_FILES);
        page.many(
                HELD,
                held.overHttp1(http1, 1024),
                HELD_STREAMS,
                held.overHttp2(HELD_STREAMS, 1024));
    }

    private static void delete(Path directory) throws IOException {
        Path unused =
                Files.walkFileTree(
                        directory,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) throws IOException {
                                Files.deleteIfExists(file);
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFileFailed(Path file, IOException e) {
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                                    throws IOException {
                                Files.deleteIfExists(visited);
                                return FileVisitResult.CONTINUE;
                            }
                        });
    }

    private Benchmark() {}
}
