/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.test.alertmanager.Alertmanager;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Input from a program that nobody here wrote. */
class AlertmanagerITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    @BeforeAll
    static void needs_the_program() {
        assumeTrue(
                Files.isExecutable(Alertmanager.BINARY),
                Alertmanager.BINARY
                        + ": missing (expected: Debian's package prometheus-alertmanager)");
    }

    @Test
    void an_alert_of_prometheus_alertmanager_comes_out_of_the_job() throws Exception {
        WebhooksConfig config =
                WebhooksConfig.create(TestDirectory.of(AlertmanagerITCase.class, "alert"));
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config)) {
            new Health(config.health()).awaitReady();
            try (Alertmanager alertmanager =
                    Alertmanager.start(
                            config.directory().resolve("alertmanager"),
                            config.firstEndpoint("alerts"),
                            config.tokenFile())) {
                alertmanager.fire("DiskFull", "disk of db-7 is full");
                awaitLine(config, "disk of db-7 is full");
            }
            run.stop();
        }
    }

    private static void awaitLine(WebhooksConfig config, String text) throws Exception {
        Await.until(
                "events: a line with '" + text + "'",
                SOON,
                () -> {
                    List<JsonNode> lines = config.files("events").lines();
                    return lines.stream().anyMatch(line -> line.toString().contains(text));
                });
    }
}
