/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.jobs.prove.vendor.Journal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The proof is what the present history writes: its figures are of one run, its words and its plan
 * are today's. Where this fails, {@code mvn -Pproof -DskipTests verify} writes the page anew.
 */
class ProofPageTest {

    private static final Path PAGE =
            Path.of(System.getProperty("proof.page", "../../docs/proof.md"));

    private static final Pattern CHOICES =
            Pattern.compile("-Dchaos\\.seed=(-?\\d+) -Dhistory\\.faults=(\\d+)");

    private String proof;
    private String today;

    @BeforeEach
    void the_same_choices_today() throws IOException {
        proof = Files.readString(PAGE);
        MatchResult choices = CHOICES.matcher(proof).results().findFirst().orElseThrow();
        long seed = Long.parseLong(choices.group(1));
        today = page(Plan.of(seed, Integer.parseInt(choices.group(2))));
    }

    @Test
    void its_introduction_is_todays() {
        assertThat(introduction(proof)).isEqualTo(introduction(today));
    }

    @Test
    void its_sections_are_todays() {
        assertThat(headings(proof)).startsWith(headings(today).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Verdict", "Load"})
    void what_it_tells_is_what_is_told_today(String section) {
        assertThat(cells(proof, section, 1)).isEqualTo(cells(today, section, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Faults by kind", "Faults by moment"})
    void its_faults_are_those_of_todays_plan(String section) {
        assertThat(cells(proof, section, 2)).isEqualTo(cells(today, section, 2));
    }

    /** What would be written of that plan, if nothing had been sent. */
    private static String page(Plan plan) {
        Journal journal = new Journal();
        List<Struck> struck =
                plan.steps().stream().map(step -> new Struck(step, Instant.EPOCH, true)).toList();
        Chronicle chronicle =
                new Chronicle(
                        plan,
                        struck,
                        journal,
                        0,
                        0,
                        0,
                        Duration.ZERO,
                        Oracle.judge(journal, List.of()),
                        List.of());
        return Page.of(chronicle.report());
    }

    private static String introduction(String page) {
        return page.substring(0, page.indexOf("\n## "));
    }

    private static List<String> headings(String page) {
        return page.lines().filter(line -> line.startsWith("## ")).toList();
    }

    /** The first cells of each row of a section's table, its head too. */
    private static List<String> cells(String page, String section, int number) {
        String body = page.split("\n## " + section + "\n", 2)[1].split("\n## ", 2)[0];
        return body.lines()
                .filter(line -> line.startsWith("| "))
                .map(row -> String.join("|", List.of(row.split("\\|")).subList(1, number + 1)))
                .toList();
    }
}
