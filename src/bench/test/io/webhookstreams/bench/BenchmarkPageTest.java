/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

final class BenchmarkPageTest {

    private static final String SECOND = "ours, 1 s, RocksDB";

    private final Neighbours neighbours = new Neighbours();
    private final BenchmarkPage page = new BenchmarkPage(new Environment("A machine"), neighbours);
    private final Map<String, CaseFigures> figures = new LinkedHashMap<>();

    @BeforeEach
    void measure() {
        CaseFigures ceiling = figures("ceiling", "ceiling", 0);
        ceiling.chooseInFlight(8_000, false);
        CaseFigures second = figures(SECOND, "1000-rocksdb", 1_000);
        second.chooseInFlight(100_000, true);
        second.add(
                new CaseFigures.OpenLoop(
                        true,
                        16_000,
                        15_000,
                        4_000,
                        new Latencies(600, 900, 1_000, 1_100),
                        CheckpointFigures.NONE));
    }

    private CaseFigures figures(String name, String system, int intervalMillis) {
        CaseFigures each = new CaseFigures(Case.of(name, system, intervalMillis));
        each.add(new Load.Result(30_000, 7, Latencies.NONE, CheckpointFigures.NONE));
        each.addRatio(1);
        figures.put(name, each);
        return each;
    }

    @Test
    void a_case_that_could_take_more_is_marked() {
        page.throughput(figures, Map.of());

        assertThat(page.text("")).contains("| " + SECOND + " | 100000, capped | 1.00 (n = 1) |");
        assertThat(page.text("")).contains("| ceiling | 8000 | 1.00 (n = 1) |");
    }

    @Test
    void a_time_to_answer_says_of_how_many_turns_and_what_was_not_answered() {
        page.throughput(figures, Map.of());

        assertThat(page.text(""))
                .contains("| " + SECOND + " | 1 | 16000 | 15000 | 4000 | 600.0 | 900.0 |");
    }

    @Test
    void memory_is_that_of_a_system_and_not_of_a_case() {
        page.throughput(
                figures, Map.of("1000-rocksdb", new Throughput.Weight(30L << 20, 900L << 20)));

        assertThat(page.text("")).contains("| " + SECOND + " | 1 | 30 | 900 |");
    }

    @Test
    void what_others_took_from_the_machine_is_on_the_page() {
        neighbours.add(0.9);

        assertThat(page.text("")).contains("0.90 (n = 1) cores").contains("**That is too many");
    }

    @Test
    void fewer_connections_than_should_be_held_say_why_and_miss_their_goal() {
        page.many(
                20_000,
                new HeldRequests.Figures(19_400, 19_400, 2_048, ""),
                100_000,
                new HeldRequests.Figures(100_000, 100_000, 2_048, ""));

        assertThat(page.text(""))
                .contains("a connection each (as many as the limit of open files")
                .contains("20,000 HTTP/1.1 connections | 19400 (n = 1) | missed by 3 % |")
                .contains("100,000 HTTP/2 streams | 100000 (n = 1) | met |");
    }

    @Test
    void the_page_in_the_documentation_has_the_notes_as_they_are() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Path module = root.endsWith("bench") ? root : root.resolve("src/bench");

        assertThat(Files.readString(module.resolve("../../docs/benchmarks.md")))
                .contains("\n" + Files.readString(module.resolve("notes.md")).strip() + "\n");
    }
}
