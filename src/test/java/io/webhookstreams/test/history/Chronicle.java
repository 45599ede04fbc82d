/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.time.Duration;
import java.util.List;

/**
 * What came of a plan.
 *
 * @param took from the start of the cluster to the end of the job
 * @param problems what is wrong beside the verdict; empty when all is well
 */
record Chronicle(
        Plan plan,
        List<Struck> struck,
        Journal journal,
        Duration took,
        Verdict verdict,
        List<String> problems) {

    boolean isClean() {
        return verdict.isClean() && problems.isEmpty();
    }

    /** How often it was verified that a fault struck at this moment. */
    long hits(Moment moment) {
        return struck.stream().filter(s -> s.hit() && s.step().moment() == moment).count();
    }
}
