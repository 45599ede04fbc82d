/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.test.faults.CrashInstant;
import io.webhookstreams.test.planted.Defects;
import io.webhookstreams.test.planted.PlantedInstallation;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Installation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A history of {@code -Dhistory.faults} faults over at least {@code -Dhistory.events} answered
 * events, with {@code -Dhistory.hits} verified kills at each named instant; {@code -Dchaos.seed} is
 * its plan's, 0 for a new one. The page goes to the test's directory and, where it is given, to
 * {@code -Dhistory.page}.
 */
class HistoryITCase {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryITCase.class);
    private static final int FAULTS = Integer.getInteger("history.faults", 12);
    private static final int HITS = Integer.getInteger("history.hits", 1);
    private static final int ANSWERED_AGAIN = 100;
    private static final int EVENTS = Integer.getInteger("history.events", 5_000);

    private static final long PLANTED_SEED = 1;
    private static final int PLANTED_EVENTS = 500;

    @Test
    void nothing_answered_is_lost_or_doubled_whatever_strikes() throws Exception {
        Path directory = TestDirectory.of(HistoryITCase.class, "history");
        Plan plan = Plan.of(seed(), FAULTS);
        Files.writeString(directory.resolve("plan"), plan.toString());
        LOG.info("{}", plan);

        Chronicle chronicle = carryOut(plan, directory);
        String page = Page.of(chronicle.report());
        publish(page, directory);

        assertThat(chronicle.isClean()).as("%s%n%s", plan, page).isTrue();
        assertThat(chronicle.durableEvents()).isGreaterThanOrEqualTo(EVENTS);
        assertThat(chronicle.answeredAgain())
                .as("answered again%n%s", page)
                .isGreaterThanOrEqualTo(ANSWERED_AGAIN);
        for (CrashInstant instant : CrashInstant.values()) {
            assertThat(chronicle.hits(instant))
                    .as("verified: %s%n%s", instant.title(), page)
                    .isGreaterThanOrEqualTo(HITS);
        }
    }

    /**
     * What a history is worth: of a job that breaks two promises it ends with both. Here, so that
     * two clusters do not take the machine from each other; and not where the long history is asked
     * for.
     */
    @Test
    @DisabledIfSystemProperty(named = "history.page", matches = ".+")
    void a_history_of_a_job_that_answers_at_append_and_joins_nothing_ends_with_losses_and_copies()
            throws Exception {
        Path directory = TestDirectory.of(HistoryITCase.class, "planted");
        Installation planted =
                PlantedInstallation.of(
                        Installation.ofThisBuild(),
                        Defects.JOINS_NOTHING.in(Defects.ANSWER_AT_APPEND),
                        directory);

        Chronicle chronicle =
                History.carryOut(planted, aKillOfATaskManager(), PLANTED_EVENTS, directory);

        String page = Page.of(chronicle.report());
        assertThat(chronicle.isClean()).as(page).isFalse();
        assertThat(chronicle.verdict().lost()).as(page).isNotEmpty();
        assertThat(page).containsPattern("lost: [1-9]");
        assertThat(chronicle.problems())
                .as(page)
                .anyMatch(problem -> problem.contains("one record in a lane and attempt"))
                .anyMatch(problem -> problem.contains("one for each reader"));
        assertThat(chronicle.verdict().duplicated()).as(page).isEmpty();
    }

    /** The first step of a longer plan. */
    private static Plan aKillOfATaskManager() {
        return new Plan(PLANTED_SEED, Plan.of(PLANTED_SEED, 1).steps().subList(0, 1));
    }

    private static Chronicle carryOut(Plan plan, Path directory) throws Exception {
        try {
            return History.carryOut(Installation.ofThisBuild(), plan, EVENTS, directory);
        } catch (AssertionError e) {
            throw new AssertionError("not well again, see " + directory + "\n" + plan, e);
        }
    }

    private static void publish(String page, Path directory) throws IOException {
        Files.writeString(directory.resolve("page.md"), page);
        LOG.info("{}", page);
        String target = System.getProperty("history.page", "");
        if (!target.isBlank()) {
            Files.writeString(Path.of(target), page);
        }
    }

    private static long seed() {
        long given = Long.getLong("chaos.seed", 0L);
        return given == 0 ? System.nanoTime() : given;
    }
}
