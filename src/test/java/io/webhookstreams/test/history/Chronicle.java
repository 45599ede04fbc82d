/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.faults.CrashInstant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a plan.
 *
 * @param durableEvents how many were answered with a 2xx that promises durability
 * @param took from the start of the cluster to the end of the job
 * @param problems what is wrong beside the verdict; empty when all is well
 */
record Chronicle(
        Plan plan,
        List<Struck> struck,
        Journal journal,
        long durableEvents,
        Duration took,
        Verdict verdict,
        List<String> problems) {

    boolean isClean() {
        return verdict.isClean() && problems.isEmpty();
    }

    /** How often it was verified that a fault struck at this instant. */
    long hits(CrashInstant instant) {
        Optional<CrashInstant> wanted = Optional.of(instant);
        return struck.stream()
                .filter(Struck::verified)
                .filter(one -> one.step().instant().equals(wanted))
                .count();
    }
}
