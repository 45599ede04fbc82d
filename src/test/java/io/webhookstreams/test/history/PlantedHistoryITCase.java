/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.test.planted.Defects;
import io.webhookstreams.test.planted.PlantedInstallation;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Installation;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** What a history is worth: of a job that breaks two promises it ends with both. */
class PlantedHistoryITCase {

    private static final long SEED = 1;
    private static final int FAULTS = 1;
    private static final int EVENTS = 500;

    @Test
    void a_history_of_a_job_that_answers_at_append_and_joins_nothing_ends_with_losses_and_copies()
            throws Exception {
        Path directory = TestDirectory.of(PlantedHistoryITCase.class, "history");
        Installation planted =
                PlantedInstallation.of(
                        Installation.ofThisBuild(),
                        Defects.JOINS_NOTHING.in(Defects.ANSWER_AT_APPEND),
                        directory);

        Chronicle chronicle = History.carryOut(planted, plan(), EVENTS, directory);

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

    /** The first step of a longer plan: a TaskManager killed. */
    private static Plan plan() {
        return new Plan(SEED, Plan.of(SEED, FAULTS).steps().subList(0, FAULTS));
    }
}
