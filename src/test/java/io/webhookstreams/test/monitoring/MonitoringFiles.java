/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import java.nio.file.Path;

/** What ships in the folder {@code monitoring}, and the page that explains it. */
final class MonitoringFiles {

    private static final Path FOLDER = Path.of("../../jobs/src/main/dist/monitoring");

    static final Path ALERTS = FOLDER.resolve("alerts.yaml");
    static final Path DASHBOARD = FOLDER.resolve("dashboard.json");
    static final Path PROMETHEUS = FOLDER.resolve("prometheus.yaml");
    static final Path FLINK = FOLDER.resolve("flink-config.yaml");
    static final Path PAGE = Path.of("../../docs/monitoring.md");

    /** Histories for {@code promtool test rules}. */
    static final Path ALERTS_TEST = Path.of("resources/monitoring/alerts-test.yaml");

    private MonitoringFiles() {}
}
