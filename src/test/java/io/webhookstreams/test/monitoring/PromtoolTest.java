/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.TestDirectory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What Prometheus itself says of the rules, and whether they fire in histories that are written
 * down.
 */
class PromtoolTest {

    /** Where Debian's package {@code prometheus} puts it. */
    private static final Path BINARY = Path.of("/usr/bin/promtool");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @BeforeAll
    static void needs_the_program() {
        assumeTrue(
                Files.isExecutable(BINARY),
                BINARY + ": missing (expected: Debian's package prometheus)");
    }

    @Test
    void prometheus_accepts_the_configuration_and_the_rules() throws Exception {
        promtool("config", "check", "config", MonitoringFiles.PROMETHEUS);
    }

    @Test
    void every_alert_fires_when_it_should_and_only_then() throws Exception {
        promtool("rules", "test", "rules", MonitoringFiles.ALERTS_TEST);
    }

    private static void promtool(String name, String verb, String what, Path file)
            throws Exception {
        List<String> command =
                List.of(BINARY.toString(), verb, what, file.toAbsolutePath().normalize() + "");
        try (ChildProcess promtool =
                ChildProcess.start(
                        "promtool",
                        TestDirectory.of(PromtoolTest.class, name),
                        Map.of(),
                        command)) {
            int status = promtool.waitFor(LIMIT);
            assertThat(status).as(promtool.output()).isZero();
        }
    }
}
