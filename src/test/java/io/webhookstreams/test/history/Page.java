/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.test.faults.CrashInstant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A chronicle as one page of Markdown. */
final class Page {

    private static final int SHOWN = 20;

    private final Chronicle chronicle;

    private Page(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    static String of(Chronicle chronicle) {
        return new Page(chronicle).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add("# The proof");
        lines.add("");
        lines.add(introduction());
        lines.add("");
        lines.add("## Verdict");
        lines.add("");
        lines.addAll(verdict());
        lines.add("");
        lines.add("## Faults by kind");
        lines.add("");
        lines.addAll(faults());
        lines.add("");
        lines.add("## Kills at an instant of a checkpoint");
        lines.add("");
        lines.addAll(instants());
        lines.add("");
        lines.add("## Answers");
        lines.add("");
        lines.addAll(answers());
        lines.addAll(problems());
        return String.join("\n", lines) + "\n";
    }

    private String introduction() {
        return """
                Written by `mvn -Pproof -DskipTests verify`: vendors post to four streams of the job on a cluster of separate JVMs
                (a JobManager with ZooKeeper high availability, two TaskManagers, RocksDB, a checkpoint every 200 ms) while faults
                strike. What was answered is then compared with what is in the sink's finished files. The same choices again:
                `mvn -Pproof -DskipTests verify -Dchaos.seed=%d -Dhistory.faults=%d`."""
                .formatted(chronicle.plan().seed(), chronicle.plan().steps().size());
    }

    private List<String> verdict() {
        Verdict verdict = chronicle.verdict();
        List<String> rows = table("what", "number");
        rows.add(row("faults", chronicle.struck().size()));
        rows.add(row("events sent", chronicle.journal().events()));
        rows.add(row("events answered 2xx and durable", chronicle.durableEvents()));
        rows.add(row("events answered 2xx, all tiers", chronicle.journal().acceptedEvents()));
        rows.add(row("lost", verdict.lost().size()));
        rows.add(row("duplicated", verdict.duplicated().size()));
        rows.add(row("never sent", verdict.invented().size()));
        rows.add(row("out of order", verdict.outOfOrder().size()));
        rows.add(row("changed", verdict.changed().size()));
        rows.add(row("answers not of the table", verdict.unexplained().size()));
        rows.add(row("other problems", chronicle.problems().size()));
        rows.add(row("lost of tier `accept`, as it may", verdict.lostApart().size()));
        rows.add(row("minutes", chronicle.took().toMinutes()));
        return rows;
    }

    private List<String> faults() {
        List<String> rows =
                table("fault", "times", "longest time without a 2xx: median", "the longest");
        Outages outages = new Outages(chronicle.journal());
        for (Map.Entry<Fault, List<Duration>> e : outages.byFault(chronicle.struck()).entrySet()) {
            List<Duration> all = e.getValue();
            rows.add(
                    row(
                            e.getKey().title(),
                            all.size(),
                            seconds(all.get(all.size() / 2)),
                            seconds(all.get(all.size() - 1))));
        }
        return rows;
    }

    private List<String> instants() {
        List<String> rows = table("instant", "planned", "verified");
        for (CrashInstant instant : CrashInstant.values()) {
            Optional<CrashInstant> wanted = Optional.of(instant);
            long planned =
                    chronicle.plan().steps().stream()
                            .filter(step -> step.instant().equals(wanted))
                            .count();
            rows.add(row(instant.title(), planned, chronicle.hits(instant)));
        }
        return rows;
    }

    private List<String> answers() {
        List<String> rows = table("answer", "attempts");
        chronicle.journal().summary().forEach((answer, count) -> rows.add(row(answer, count)));
        return rows;
    }

    private List<String> problems() {
        if (chronicle.isClean()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "## Problems", ""));
        chronicle.verdict().toString().lines().map(line -> "- " + line).forEach(lines::add);
        chronicle.problems().stream().limit(SHOWN).map(line -> "- " + line).forEach(lines::add);
        return lines;
    }

    private static List<String> table(String... titles) {
        List<String> rows = new ArrayList<>();
        rows.add(row((Object[]) titles));
        rows.add("|---".repeat(titles.length) + "|");
        return rows;
    }

    private static String row(Object... cells) {
        return "| " + String.join(" | ", Stream.of(cells).map(Page::cell).toList()) + " |";
    }

    private static String cell(Object value) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
