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
 * @param introduction what stands below the title
 * @param others what is wrong beside the verdict, by what was looked at; an empty list where that
 *     is in order
 * @param faults what was done to the job, in the order of time; empty where nobody knows
 * @param facts of the run, by name
 * @param unknown what is not in order and may still come to be, as the run did not settle: by the
 *     names of what it is, whatever the verdict and the others say of these; empty if it settled
 */
public record Report(
        String title,
        String introduction,
        Journal journal,
        Verdict verdict,
        Map<String, List<String>> others,
        List<Fault> faults,
        Map<String, Long> facts,
        Map<String, List<String>> unknown) {

    public Report {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        faults = List.copyOf(faults);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    /** Of a run that settled. */
    public Report(
            String title,
            String introduction,
            Journal journal,
            Verdict verdict,
            Map<String, List<String>> others,
            List<Fault> faults,
            Map<String, Long> facts) {
        this(title, introduction, journal, verdict, others, faults, facts, Map.of());
    }

    /** The same under another title. */
    public Report titled(String other) {
        return new Report(other, introduction, journal, verdict, others, faults, facts, unknown);
    }

    /** Whether everything could be judged. */
    public boolean isSettled() {
        return unknown.isEmpty();
    }

    /** Everything that breaks the promise, by name; the empty lists too, and not the unknown. */
    public Map<String, List<String>> violations() {
        Map<String, List<String>> all = new LinkedHashMap<>(verdict.violations());
        all.putAll(others);
        all.keySet().removeAll(unknown.keySet());
        return all;
    }

    /** True when nothing breaks the promise. */
    public boolean isClean() {
        return violations().values().stream().allMatch(List::isEmpty);
    }
}
