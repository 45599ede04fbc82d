/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.admin.Levels;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
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

    @Test
    void a_batch_sent_twice_is_clean_without_a_defect() throws Exception {
        Installation installation = Installation.ofThisBuild();
        WebhooksConfig config = config("no-defect");
        try (Trial trial = Trial.start(installation, config)) {
            trial.load().batch(BATCH);
            trial.load().batch(BATCH);
            trial.load().awaitFences();

            assertClean(trial.load().verdict());
            Await.until("counts: right", SOON, () -> trial.load().countProblems().isEmpty());
            Await.until(
                    "levels: as before the load", SOON, () -> levels(config).equals(Levels.REST));
        }
    }

    @Test
    void a_deduplication_that_forgets_is_reported_as_duplicates() throws Exception {
        assertOnlyDuplicated(batchTwice(Defects.DEDUPLICATION_FORGETS));
    }

    @Test
    void a_double_emission_is_reported_as_duplicates() throws Exception {
        Defect defect = Defects.EMITTED_TWICE.in(Defects.DEDUPLICATION_FORGETS);
        WebhooksConfig config = config(defect.name());
        try (Trial trial = Trial.start(planted(defect), config)) {
            trial.load().batch(BATCH);
            trial.load().awaitFences();

            assertThat(trial.load().verdict().duplicated()).hasSizeGreaterThanOrEqualTo(BATCH);
        }
    }

    @Test
    void a_leaked_permit_is_seen_in_the_levels() throws Exception {
        WebhooksConfig config = config(Defects.LEAKED_PERMIT.name());
        try (Trial trial = Trial.start(planted(Defects.LEAKED_PERMIT), config)) {
            trial.load().batch(BATCH);
            trial.load().awaitFences();

            assertClean(trial.load().verdict());
            assertThat(levels(config).pendingDeliveries()).isZero();
            assertThat(levels(config).pendingBytes()).isPositive();
        }
    }

    @Test
    void a_window_counted_twice_is_reported() throws Exception {
        WebhooksConfig config = config(Defects.WINDOW_COUNTED_TWICE.name());
        try (Trial trial = Trial.start(planted(Defects.WINDOW_COUNTED_TWICE), config)) {
            trial.load().batch(BATCH);
            trial.load().awaitFences();

            assertClean(trial.load().verdict());
            Await.until(
                    "counts: a window twice",
                    SOON,
                    () ->
                            trial.load().countProblems().stream()
                                    .anyMatch(problem -> problem.contains("2 lines")));
        }
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

    private Verdict batchTwice(Defect defect) throws Exception {
        WebhooksConfig config = config(defect.name());
        // Otherwise the listener knows the second batch for retries, and the job sees none.
        config.addToStreams("coalescing.enabled: false");
        try (Trial trial = Trial.start(planted(defect), config)) {
            trial.load().batch(BATCH);
            trial.load().batch(BATCH);
            return trial.load().finalVerdict();
        }
    }

    /** Of its only listener. */
    private static Levels levels(WebhooksConfig config) throws IOException, InterruptedException {
        return new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN).levels().get(0);
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
