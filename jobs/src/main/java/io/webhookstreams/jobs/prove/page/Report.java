/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page tells.
 *
 * @param introduction a paragraph below the title
 * @param others what is wrong beside the verdict, by what was looked at; an empty list where that
 *     is in order
 * @param faults what was done to the job, in the order of time; empty where nobody knows
 * @param facts of the run, by name
 */
public record Report(
        String title,
        String introduction,
        Journal journal,
        Verdict verdict,
        Map<String, List<String>> others,
        List<Fault> faults,
        Map<String, Long> facts) {

    public Report {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        faults = List.copyOf(faults);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Everything that breaks the promise, by name; the empty lists too. */
    public Map<String, List<String>> violations() {
        Map<String, List<String>> all = new LinkedHashMap<>(verdict.violations());
        all.putAll(others);
        return all;
    }

    /** True when nothing breaks the promise. */
    public boolean isClean() {
        return violations().values().stream().allMatch(List::isEmpty);
    }
}
