/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import io.webhookstreams.jobs.prove.oracle.Verdict;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One page, in Markdown: what was sent, what was done to the job, and what came of it. */
public final class Page {

    /** What one does not notice is no outage. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(1);

    private static final int SHOWN = 20;
    private static final String NOT_SETTLED = ", or not there yet";

    private final Report report;
    private final Outages outages;
    private final Markdown page = new Markdown();

    private Page(Report report) {
        this.report = report;
        this.outages = new Outages(report.journal());
    }

    /** The page of a run. */
    public static String of(Report report) {
        return new Page(report).text();
    }

    private String text() {
        page.title(report.title());
        page.paragraph(report.introduction());
        verdict();
        load();
        answers();
        outages();
        faults();
        problems();
        return page.toString();
    }

    private void verdict() {
        page.section("Verdict");
        page.table("what", "number", "expected");
        report.violations().forEach((what, all) -> page.row(what, all.size(), 0));
        if (report.isSettled()) {
            page.row("lost of tier accept", report.verdict().lostApart().size(), "any");
        }
        report.unknown().forEach((what, all) -> page.row(what + NOT_SETTLED, all.size(), 0));
    }

    private void load() {
        page.section("Load");
        page.table("what", "number");
        page.row("events sent", report.journal().events());
        page.row("events answered 2xx", report.journal().acceptedEvents());
        page.row("attempts", report.journal().attemptCount());
        report.facts().forEach(page::row);
    }

    private void answers() {
        page.section("Answers");
        page.table("answer", "attempts", "time to it: p50", "p99", "the longest");
        Latencies.byAnswer(report.journal())
                .forEach(
                        (answer, times) ->
                                page.row(
                                        answer,
                                        times.count(),
                                        times.quantile(0.5),
                                        times.quantile(0.99),
                                        times.quantile(1)));
    }

    private void outages() {
        page.section("Times without a 2xx");
        page.table("from", "for", "answers meanwhile");
        page.row("the longest of all", outages.longest(), "");
        outages.atLeast(NOTICEABLE).stream()
                .sorted(Comparator.comparing(Outage::length).reversed())
                .limit(SHOWN)
                .sorted(Comparator.comparing(Outage::from))
                .forEach(
                        outage ->
                                page.row(
                                        outage.from().truncatedTo(ChronoUnit.SECONDS),
                                        outage.length(),
                                        outage.meanwhile()));
    }

    private void faults() {
        if (report.faults().isEmpty()) {
            return;
        }
        page.section("Faults by kind");
        page.table("fault", "times", "longest time without a 2xx: median", "the longest");
        outages.byKind(report.faults())
                .forEach(
                        (kind, all) ->
                                page.row(
                                        kind,
                                        all.size(),
                                        all.get(all.size() / 2),
                                        all.get(all.size() - 1)));
        moments();
    }

    private void moments() {
        page.section("Faults by moment");
        page.table("moment", "times", "verified");
        Map<String, List<Fault>> byMoment = new TreeMap<>();
        report.faults()
                .forEach(
                        fault ->
                                byMoment.computeIfAbsent(fault.moment(), fresh -> new ArrayList<>())
                                        .add(fault));
        byMoment.forEach((moment, all) -> page.row(moment, all.size(), verified(all)));
    }

    /** How many were; nothing where nobody asked. */
    private static Object verified(List<Fault> faults) {
        List<Boolean> asked = faults.stream().flatMap(fault -> fault.verified().stream()).toList();
        return asked.isEmpty() ? "" : asked.stream().filter(yes -> yes).count();
    }

    private void problems() {
        if (report.isClean() && report.isSettled() && report.verdict().lostApart().isEmpty()) {
            return;
        }
        page.section("Problems");
        report.violations().forEach(this::problem);
        if (report.isSettled()) {
            problem("lost of tier accept", report.verdict().lostApart());
        }
        report.unknown().forEach((what, all) -> problem(what + NOT_SETTLED, all));
    }

    private void problem(String what, List<String> all) {
        if (!all.isEmpty()) {
            page.item("%s: %d: %s".formatted(what, all.size(), Verdict.first(all)));
        }
    }
}
