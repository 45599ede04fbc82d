/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;

/** The counters of the job's operators: name, operator and meaning. */
public enum JobMetric {
    PARSED("webhooksParsed", Uids.PARSE, "Deliveries whose body is one JSON value."),
    INVALID("webhooksInvalid", Uids.PARSE, "Deliveries whose body is not; dead letters."),
    DUPLICATES(
            "webhooksDuplicates",
            Uids.DEDUPLICATE,
            "Deliveries of an event that had passed already; dropped."),
    CONFLICTS(
            "webhooksConflicts",
            Uids.DEDUPLICATE,
            "Deliveries with the id of an event that had passed with another body; dead letters."),
    COUNTED("webhooksCounted", Uids.COUNT, "Events that were counted in a window."),
    LATE("webhooksLate", Uids.COUNT, "Events whose window was closed; in the late files.");

    private final String metric;
    private final String operator;
    private final String description;

    JobMetric(String metric, String operator, String description) {
        this.metric = metric;
        this.operator = operator;
        this.description = description;
    }

    /** The name under which it is registered. */
    public String metric() {
        return metric;
    }

    /** Name and uid of the operator that counts. */
    public String operator() {
        return operator;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** Registers the counter of the operator's subtask. */
    Counter register(RuntimeContext context) {
        return context.getMetricGroup().counter(metric);
    }
}
