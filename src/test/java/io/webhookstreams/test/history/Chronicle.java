/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.page.Fault;
import io.webhookstreams.jobs.prove.page.Report;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.faults.CrashInstant;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a plan.
 *
 * @param durableEvents how many were answered with a 2xx that promises durability
 * @param answeredAgain how many 2xx were not the first of their event, where nothing is
 *     deduplicated
 * @param repeated how many events have come out more than once there
 * @param took from the start of the cluster to the end of the job
 * @param problems what is wrong beside the verdict; empty when all is well
 */
record Chronicle(
        Plan plan,
        List<Struck> struck,
        Journal journal,
        long durableEvents,
        long answeredAgain,
        long repeated,
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

    /** For the page. */
    Report report() {
        return new Report(
                "The proof",
                introduction(),
                journal,
                verdict,
                Map.of("other problems", problems),
                struck.stream().map(Chronicle::fault).toList(),
                facts());
    }

    private String introduction() {
        return """
                Written by `mvn -Pproof -DskipTests verify`: vendors post to five streams of the job on a cluster of separate JVMs
                (two JobManagers with ZooKeeper high availability, two TaskManagers, RocksDB, a checkpoint every 200 ms) while faults
                strike. What was answered is then compared with what is in the sink's finished files. A kill at a named moment is
                verified if the checkpoint was held there, and if requests that the moment is about were open in the process. The
                same choices again: `mvn -Pproof -DskipTests verify -Dchaos.seed=%d -Dhistory.faults=%d`."""
                .formatted(plan.seed(), plan.steps().size());
    }

    private Map<String, Long> facts() {
        Map<String, Long> facts = new LinkedHashMap<>();
        facts.put("events answered 2xx and durable", durableEvents);
        facts.put("further 2xx for the same events, not deduplicated", answeredAgain);
        facts.put("of these events in the files more than once", repeated);
        facts.put("faults", (long) struck.size());
        facts.put("minutes", took.toMinutes());
        return facts;
    }

    private static Fault fault(Struck struck) {
        Step step = struck.step();
        String moment = step.instant().map(CrashInstant::title).orElse("any time");
        Optional<Boolean> verified = step.instant().map(named -> struck.verified());
        return new Fault(step.fault().title(), moment, verified, struck.at());
    }
}
