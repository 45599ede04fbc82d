/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import io.webhookstreams.connector.metrics.MetricDefinition;
import io.webhookstreams.jobs.pipeline.JobMetric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables of metrics, in the order of their declaration. */
public final class MetricTable {

    static String of(MetricDefinition.Scope... scopes) {
        Set<MetricDefinition.Scope> wanted = Set.of(scopes);
        return Arrays.stream(MetricDefinition.values())
                .filter(metric -> wanted.contains(metric.scope()))
                .map(
                        metric ->
                                "| `%s` | %s | %s |"
                                        .formatted(
                                                path(metric),
                                                metric.type().name().toLowerCase(Locale.ROOT),
                                                metric.description()))
                .collect(
                        Collectors.joining(
                                "\n", "| metric | type | what it says |\n|---|---|---|\n", "\n"));
    }

    static String ofTheJob() {
        return Arrays.stream(JobMetric.values())
                .map(
                        metric ->
                                "| `%s` | `%s` | %s |"
                                        .formatted(
                                                metric.metric(),
                                                metric.operator(),
                                                metric.description()))
                .collect(
                        Collectors.joining(
                                "\n",
                                "| counter | operator | what it counts |\n|---|---|---|\n",
                                "\n"));
    }

    /** Its groups and its name; groups in capitals stand for any name. */
    public static String path(MetricDefinition metric) {
        return switch (metric.scope()) {
            case STREAM, STREAM_QUEUE, STREAM_SHARED -> "stream.NAME." + metric.metric();
            case STREAM_CODE -> "stream.NAME.code.CODE." + metric.metric();
            case STREAM_CAUSE -> "stream.NAME.cause.CAUSE." + metric.metric();
            case STREAM_LIMIT -> "stream.NAME.limit.LIMIT." + metric.metric();
            case STREAM_SECRET -> "stream.NAME.secret.SECRET." + metric.metric();
            case STREAM_REASON -> "stream.NAME.reason.REASON." + metric.metric();
            case STREAM_RESULT -> "stream.NAME.result.RESULT." + metric.metric();
            case LISTENER, READER, ENUMERATOR -> metric.metric();
        };
    }

    private MetricTable() {}
}
