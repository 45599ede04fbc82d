/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a run by what a vendor and a reader of the files can see:
 *
 * <ol>
 *   <li>every event that was answered 2xx is in the files,
 *   <li>no event is there twice, answered or not,
 *   <li>nothing is there that was never sent,
 *   <li>every other answer is one that the vendor was told to expect, and says when to come again,
 *   <li>in each file, the records of a lane stand in the lane's order.
 * </ol>
 *
 * Assumes: the files are final, that is the load has ended and the job was drained, or what is
 * missing has been waited for.
 */
public final class Oracle {

    private final Journal journal;
    private final List<Emitted> emitted;

    private Oracle(Journal journal, List<Emitted> emitted) {
        this.journal = journal;
        this.emitted = emitted;
    }

    public static Verdict judge(Journal journal, List<Emitted> emitted) {
        Oracle oracle = new Oracle(journal, emitted);
        return new Verdict(
                oracle.lost(),
                oracle.duplicated(),
                oracle.invented(),
                oracle.unexplained(),
                oracle.outOfOrder());
    }

    private List<String> lost() {
        Set<String> found = emitted.stream().map(Emitted::eventId).collect(Collectors.toSet());
        return sorted(journal.accepted().stream().filter(id -> !found.contains(id)));
    }

    private List<String> duplicated() {
        Map<String, Long> counts =
                emitted.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Emitted::eventId, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(e -> e.getKey() + " × " + e.getValue())
                .toList();
    }

    private List<String> invented() {
        Set<String> sent = journal.sent();
        return sorted(emitted.stream().map(Emitted::eventId).filter(id -> !sent.contains(id)));
    }

    private List<String> unexplained() {
        List<String> problems = new ArrayList<>();
        for (Attempt attempt : journal.attempts()) {
            if (attempt.answer() instanceof Answer.Refused refused) {
                AnswerTable.problem(refused)
                        .map(problem -> attempt.eventId() + " at " + attempt.at() + ": " + problem)
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    private List<String> outOfOrder() {
        Map<Path, Map<Integer, Long>> last = new HashMap<>();
        List<String> behind = new ArrayList<>();
        for (Emitted record : emitted) {
            Long before =
                    last.computeIfAbsent(record.file(), file -> new HashMap<>())
                            .put(record.lane(), record.sequence());
            if (before != null && before >= record.sequence()) {
                behind.add("%s after sequence %d".formatted(record, before));
            }
        }
        return behind;
    }

    private static List<String> sorted(Stream<String> ids) {
        return ids.distinct().sorted().toList();
    }
}
