/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** {@code webhooks prove} tells the truth, whether it is good or bad. */
class ProveITCase {

    private static final Duration SOON = Duration.ofSeconds(90);

    private EmbeddedRun run;

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void a_job_that_is_killed_meanwhile_keeps_the_promise_and_the_page_says_so() throws Exception {
        WebhooksConfig config = start("kept");
        try (ProveRun prove = ProveRun.start(config, events(config), everything(config))) {
            prove.awaitSending();
            killAndRestart(config);
            killAndRestart(config);
            prove.endTheSending();

            assertThat(prove.exitCode()).as("%s", prove.output()).isZero();
            assertThat(prove.output())
                    .contains(
                            "# The promise was kept",
                            "| lost | 0 | 0 |",
                            "| duplicated | 0 | 0 |",
                            "| windows | 0 | 0 |",
                            "| levels | 0 | 0 |",
                            "| no connection | ")
                    .containsPattern("Z \\| [0-9.]+ s \\| .*no connection × [0-9]+")
                    .doesNotContain("## Problems");
        }
    }

    @Test
    void a_line_that_is_gone_and_a_line_that_stands_twice_are_told_by_name() throws Exception {
        WebhooksConfig config = start("damaged");
        Path mirror = config.directory().resolve("mirror");
        DamagedMirror damaged = new DamagedMirror(events(config), mirror);
        try (ProveRun prove = ProveRun.start(config, mirror, "--events", "200", "--settle", "15")) {
            Await.until("prove: its end", SOON, () -> copied(damaged, prove));

            assertThat(damaged.isDamaged()).as("%s", prove.output()).isTrue();
            assertThat(prove.exitCode()).as("%s", prove.output()).isEqualTo(5);
            assertThat(prove.output())
                    .contains(
                            "# The promise was broken",
                            "| lost | 1 | 0 |",
                            "| duplicated | 1 | 0 |",
                            "| changed | 0 | 0 |")
                    .containsPattern("- lost: 1: prove\\w+-patient0-\\d+\n")
                    .containsPattern("- duplicated: 1: prove\\w+-patient0-\\d+ × 2\n");
        }
    }

    /** A job that accepts deliveries, with windows that the clock closes soon. */
    private WebhooksConfig start(String name) throws IOException, InterruptedException {
        WebhooksConfig config = WebhooksConfig.create(TestDirectory.of(ProveITCase.class, name));
        Files.writeString(
                config.file(),
                """
                  windows.size: 1 s
                  windows.allowed-lateness: 1 s
                  windows.idle-timeout: 2 s
                """,
                StandardOpenOption.APPEND);
        run = EmbeddedRun.start(Installation.ofThisBuild(), config);
        new Health(config.health()).awaitReady();
        return config;
    }

    private void killAndRestart(WebhooksConfig config) throws InterruptedException {
        run.killAndRestart();
        new Health(config.health()).awaitReady();
    }

    private static boolean copied(DamagedMirror mirror, ProveRun prove) throws IOException {
        mirror.copyNew();
        return !prove.isRunning();
    }

    private static String[] everything(WebhooksConfig config) throws IOException {
        Path output = config.directory().resolve("data/output");
        Path token = config.directory().resolve("admin-token");
        return new String[] {
            "--counts",
            output.resolve("counts").toString(),
            "--late",
            output.resolve("late").toString(),
            "--admin",
            config.admin().urls("").get(0).toString(),
            "--admin-token",
            "file:" + token,
            "--vendor",
            "patient",
            "--vendor",
            "slack"
        };
    }

    private static Path events(WebhooksConfig config) {
        return config.directory().resolve("data/output/events/stream=events");
    }
}
