/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import io.webhookstreams.connector.metrics.MetricDefinition;
import io.webhookstreams.connector.metrics.MetricDefinition.Scope;
import io.webhookstreams.test.docs.MetricTable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a metric of the connector is called in Prometheus, as docs/monitoring.md tells. */
final class SeriesName {

    static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private static final String ENUMERATOR =
            "flink_jobmanager_job_operator_coordinator_enumerator_";

    static String of(MetricDefinition metric) {
        String prefix = metric.scope() == Scope.ENUMERATOR ? ENUMERATOR : OPERATOR;
        return path(metric).stream()
                .filter(group -> !isAny(group))
                .collect(Collectors.joining("_", prefix, ""));
    }

    /** The groups whose name is a label's, since any name follows them. */
    static List<String> labelsOf(MetricDefinition metric) {
        List<String> path = path(metric);
        return IntStream.range(1, path.size())
                .filter(i -> isAny(path.get(i)))
                .mapToObj(i -> path.get(i - 1))
                .toList();
    }

    private static List<String> path(MetricDefinition metric) {
        return List.of(MetricTable.path(metric).split("\\.", -1));
    }

    /** A group that stands for any name: a label. */
    private static boolean isAny(String group) {
        return group.equals(group.toUpperCase(Locale.ROOT));
    }

    private SeriesName() {}
}
