/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One page, in Markdown: what was sent, what was done to the job, and what came of it. */
public final class Page {

    private final List<String> lines = new ArrayList<>();

    private Page() {}

    /**
     * The page of a run.
     *
     * @param faults what was done, in any order; may be empty
     */
    public static String of(Journal journal, List<Fault> faults, Verdict verdict, long seed) {
        Page page = new Page();
        page.events(journal, verdict, seed);
        page.verdict(verdict);
        page.answers(journal);
        page.faults(journal, faults);
        return String.join("\n", page.lines) + "\n";
    }

    private void events(Journal journal, Verdict verdict, long seed) {
        lines.add("# " + (verdict.isClean() ? "The promise was kept" : "The promise was broken"));
        lines.add("");
        table("what", "number");
        row("events sent", journal.events());
        row("attempts", journal.attemptCount());
        row("events answered 2xx", journal.acceptedEvents());
        row("seed", seed);
    }

    private void verdict(Verdict verdict) {
        title("Verdict");
        table("what", "number", "expected", "the first");
        verdict.violations().forEach((what, all) -> row(what, all.size(), 0, Verdict.first(all)));
        row(
                "lost of tier accept",
                verdict.lostApart().size(),
                "any",
                Verdict.first(verdict.lostApart()));
    }

    private void answers(Journal journal) {
        title("Answers");
        table("answer", "attempts");
        journal.summary().forEach((answer, count) -> row(answer, count));
    }

    private void faults(Journal journal, List<Fault> faults) {
        if (faults.isEmpty()) {
            return;
        }
        title("Faults");
        table("kind", "instant", "times", "next 2xx after, median (s)", "the longest (s)");
        NavigableSet<Instant> yes = yesses(journal);
        Map<String, List<Fault>> byKind = new TreeMap<>();
        faults.forEach(
                fault ->
                        byKind.computeIfAbsent(
                                        fault.kind() + " | " + fault.instant(),
                                        kind -> new ArrayList<>())
                                .add(fault));
        byKind.forEach((kind, all) -> row(kind, all.size(), recovery(all, yes)));
    }

    private static String recovery(List<Fault> faults, NavigableSet<Instant> yes) {
        List<Duration> recoveries =
                faults.stream()
                        .filter(fault -> yes.higher(fault.at()) != null)
                        .map(fault -> Duration.between(fault.at(), yes.higher(fault.at())))
                        .sorted()
                        .toList();
        if (recoveries.isEmpty()) {
            return "none | none";
        }
        return seconds(recoveries.get(recoveries.size() / 2))
                + " | "
                + seconds(recoveries.get(recoveries.size() - 1));
    }

    private static NavigableSet<Instant> yesses(Journal journal) {
        NavigableSet<Instant> yes = new TreeSet<>();
        for (Attempt attempt : journal.attempts()) {
            if (attempt.answer().isAccepted()) {
                yes.add(attempt.at().plus(attempt.took()));
            }
        }
        return yes;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }

    private void title(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    private void table(Object... names) {
        row(names);
        lines.add("|" + "---|".repeat(names.length));
    }

    private void row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        lines.add(row.toString());
    }
}
