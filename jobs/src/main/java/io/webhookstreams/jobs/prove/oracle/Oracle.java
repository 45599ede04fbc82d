/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Judges a run by what a vendor and a reader of the files can see:
 *
 * <ol>
 *   <li>every event that was answered 2xx is in the files,
 *   <li>no event is there twice, answered or not,
 *   <li>nothing is there that was never sent, and what is there has the body that was sent,
 *   <li>every other answer is one that the vendor was told to expect, and says when to come again,
 *   <li>in each file, the records of a lane stand in the lane's order; and in each lane, what was
 *       answered before another was sent comes first.
 * </ol>
 *
 * Records are given one by one and not kept. Assumes: the files are final, that is the load has
 * ended and the job was drained, or what is missing has been waited for. One thread.
 */
public final class Oracle {

    private final Journal journal;
    private final Predicate<String> ofTierAccept;
    private final Set<String> found = new HashSet<>();
    private final Map<String, Integer> again = new TreeMap<>();
    private final Set<String> invented = new TreeSet<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> behind = new ArrayList<>();
    private final Map<Path, Map<Integer, Long>> last = new HashMap<>();
    private final LaneOrder lanes = new LaneOrder();

    /**
     * An oracle that has seen no record yet.
     *
     * @param ofTierAccept whether an event went to a stream of tier {@code accept}, by its id
     */
    public Oracle(Journal journal, Predicate<String> ofTierAccept) {
        this.journal = journal;
        this.ofTierAccept = ofTierAccept;
    }

    /** Judges records that are all there. */
    public static Verdict judge(Journal journal, List<Emitted> emitted) {
        Oracle oracle = new Oracle(journal, id -> false);
        emitted.forEach(oracle::add);
        return oracle.verdict();
    }

    /** Takes the next record, in the order of its file. */
    public void add(Emitted record) {
        String id = record.eventId();
        if (!found.add(id)) {
            again.merge(id, 2, (count, two) -> count + 1);
        }
        if (!journal.isSent(id)) {
            invented.add(id);
        }
        OptionalLong sent = journal.digest(id);
        if (sent.isPresent() && record.body().isPresent() && !sent.equals(record.body())) {
            changed.add(id);
        }
        if (record.lane() >= 0) {
            order(record);
        }
    }

    /** Takes a line that cannot be read. */
    public void addUnreadable(Path file, int line) {
        unreadable.add(file + ", line " + line);
    }

    /** Whether a record of that event has been taken. */
    public boolean hasSeen(String eventId) {
        return found.contains(eventId);
    }

    private void order(Emitted record) {
        lanes.add(record);
        Long before =
                last.computeIfAbsent(record.file(), file -> new HashMap<>())
                        .put(record.lane(), record.sequence());
        if (before != null && before >= record.sequence()) {
            behind.add("%s after sequence %d".formatted(record, before));
        }
    }

    /** True when everything that was answered 2xx has been seen, but for what may be lost. */
    public boolean hasAllAnswered() {
        return lost(false).isEmpty();
    }

    /** What is found so far. */
    public Verdict verdict() {
        List<String> outOfOrder = new ArrayList<>(behind);
        outOfOrder.addAll(lanes.problems(journal.spans()));
        return new Verdict(
                lost(false),
                again.entrySet().stream().map(e -> e.getKey() + " × " + e.getValue()).toList(),
                List.copyOf(invented),
                unexplained(),
                outOfOrder,
                List.copyOf(changed),
                List.copyOf(unreadable),
                lost(true));
    }

    private List<String> lost(boolean apart) {
        List<String> lost = new ArrayList<>();
        journal.forEachAccepted(
                id -> {
                    if (!found.contains(id) && ofTierAccept.test(id) == apart) {
                        lost.add(id);
                    }
                });
        return lost.stream().sorted().toList();
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
}
