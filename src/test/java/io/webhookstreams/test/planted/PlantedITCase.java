/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Each planted defect is reported by the oracle, and as what it is; in the same scenario the system
 * without it is clean.
 */
class PlantedITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int BATCH = 60;

    @Test
    void a_rescale_with_queued_lanes_is_survived_without_a_defect() throws Exception {
        try (Trial trial = rescaledWithQueuedLanes(Defects.SLOW_EMISSION)) {
            assertClean(trial.load().finalVerdict());
        }
    }

    @Test
    void a_lane_lost_on_rescale_is_reported_as_a_loss() throws Exception {
        Defect defect = Defects.LANE_LOST_ON_RESCALE.in(Defects.SLOW_EMISSION);
        try (Trial trial = rescaledWithQueuedLanes(defect)) {
            assertOnlyLost(trial.load().finalVerdict());
        }
    }

    @Test
    void a_reordered_lane_is_reported_as_out_of_order() throws Exception {
        Defect defect = Defects.REORDERED.in(Defects.SLOW_EMISSION);
        try (Trial trial = rescaledWithQueuedLanes(defect)) {
            Verdict verdict = trial.load().verdictOnceAllIsOut();

            assertThat(verdict.outOfOrder()).isNotEmpty();
            assertThat(verdict.duplicated()).as("%s", verdict).isEmpty();
        }
    }

    /** The scenario of all that follow, to its end. */
    @Test
    void a_batch_sent_twice_is_clean_without_a_defect() throws Exception {
        try (Trial trial = sentOnce(Installation.ofThisBuild(), "no-defect")) {
            trial.load().sendAgain(BATCH);

            assertClean(trial.load().verdict());
            Await.until("counts: right", SOON, () -> trial.load().countProblems().isEmpty());
            Await.until("levels: as before", SOON, () -> trial.levelProblems().isEmpty());
        }
    }

    @Test
    void a_deduplication_that_forgets_is_clean_until_events_come_again_and_are_duplicates()
            throws Exception {
        try (Trial trial = sentOnce(Defects.DEDUPLICATION_FORGETS)) {
            assertClean(trial.load().verdict());

            trial.load().sendAgain(BATCH);

            assertOnlyDuplicated(trial.load().verdict());
        }
    }

    @Test
    void a_double_emission_is_reported_as_duplicates() throws Exception {
        Defect defect = Defects.EMITTED_TWICE.in(Defects.DEDUPLICATION_FORGETS);
        try (Trial trial = sentOnce(defect)) {
            Verdict verdict = trial.load().verdict();

            assertOnlyDuplicated(verdict);
            assertThat(verdict.duplicated()).hasSizeGreaterThanOrEqualTo(BATCH);
        }
    }

    @Test
    void leaked_permits_of_both_kinds_are_seen_in_the_levels() throws Exception {
        Defect defect = Defects.LEAKED_HOLD.in(Defects.LEAKED_PERMIT);
        try (Trial trial = sentOnce(defect)) {
            assertClean(trial.load().verdict());
            Await.until(
                    "levels: held and pending bytes above the ones before",
                    SOON,
                    () -> leaks(trial).equals(List.of("heldBytes", "pendingBytes")));
        }
    }

    @Test
    void a_window_counted_twice_is_reported() throws Exception {
        try (Trial trial = sentOnce(Defects.WINDOW_COUNTED_TWICE)) {
            assertClean(trial.load().verdict());
            Await.until(
                    "counts: a window twice",
                    SOON,
                    () ->
                            trial.load().countProblems().stream()
                                    .anyMatch(problem -> problem.contains("2 lines")));
        }
    }

    private static Trial sentOnce(Defect defect) throws Exception {
        return sentOnce(planted(defect), defect.name());
    }

    /** To a listener that knows no retries: it appends whatever comes. */
    private static Trial sentOnce(Installation installation, String name) throws Exception {
        WebhooksConfig config = config(name);
        config.addToStreams("coalescing.enabled: false");
        Trial trial = Trial.start(installation, config);
        try {
            trial.load().batch(BATCH);
            trial.load().awaitFences();
            return trial;
        } catch (Exception | Error e) {
            trial.close();
            throw e;
        }
    }

    /** The names of the levels that are too high. */
    private static List<String> leaks(Trial trial) throws InterruptedException {
        return trial.levelProblems().stream()
                .map(problem -> problem.replaceFirst("^\\S+: (\\w+): \\d+ .*", "$1"))
                .toList();
    }

    /** Goes on after a stop with full lanes, as two subtasks in place of one. */
    private Trial rescaledWithQueuedLanes(Defect defect) throws Exception {
        WebhooksConfig config = config(defect.name());
        PlantedRun.setting(config, "parallelism: 1");
        Trial trial = Trial.start(planted(defect), config);
        try {
            trial.load().batch(5 * BATCH);
            trial.run().stop();
            PlantedRun.replaceSetting(config, "parallelism: 1", "parallelism: 2");
            trial.run().startAgain();
            return trial;
        } catch (Exception | Error e) {
            trial.close();
            throw e;
        }
    }

    private static void assertClean(Verdict verdict) {
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    }

    private static void assertOnlyLost(Verdict verdict) {
        assertThat(verdict.lost()).as("%s", verdict).isNotEmpty();
        assertThat(verdict.duplicated()).as("%s", verdict).isEmpty();
        assertThat(verdict.invented()).as("%s", verdict).isEmpty();
    }

    private static void assertOnlyDuplicated(Verdict verdict) {
        assertThat(verdict.duplicated()).as("%s", verdict).isNotEmpty();
        assertThat(verdict.lost()).as("%s", verdict).isEmpty();
        assertThat(verdict.invented()).as("%s", verdict).isEmpty();
    }

    private static Installation planted(Defect defect) throws IOException {
        Path directory = TestDirectory.of(PlantedITCase.class, "planted-" + defect.name());
        return PlantedInstallation.of(Installation.ofThisBuild(), defect, directory);
    }

    /** Windows of a second, which the clock closes soon. */
    private static WebhooksConfig config(String name) throws IOException {
        WebhooksConfig config = WebhooksConfig.create(TestDirectory.of(PlantedITCase.class, name));
        for (String line :
                List.of(
                        "windows.size: 1 s",
                        "windows.allowed-lateness: 1 s",
                        "windows.idle-timeout: 2 s")) {
            PlantedRun.setting(config, line);
        }
        return config;
    }
}
