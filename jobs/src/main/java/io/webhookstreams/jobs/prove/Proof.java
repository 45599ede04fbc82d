/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import io.webhookstreams.jobs.prove.admin.LevelsCheck;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.page.Report;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One run against a deployment.
 *
 * <ol>
 *   <li>{@link #begin}: one event of each stream goes all the way.
 *   <li>{@link #send}: vendors post until they are done, told to {@link #stop}, or time is over.
 *   <li>{@link #settle}: what is open is answered or given up; the files hold what was answered, or
 *       it is not known whether they will.
 *   <li>{@link #report}.
 * </ol>
 *
 * Called from one thread, but for {@link #stop}.
 */
public final class Proof implements AutoCloseable {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Plan plan;
    private final Consumer<String> progress;
    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Instant start = Instant.now();
    private Arrivals arrivals;
    private LevelsCheck levels;

    /** The time in which it did not settle. */
    private Optional<Duration> unsettled = Optional.empty();

    /**
     * Begins nothing yet.
     *
     * @param progress gets a line now and then, on the caller's thread
     */
    public Proof(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    public Journal journal() {
        return journal;
    }

    /** Ends {@link #begin} and {@link #send}. From any thread. */
    public void stop() {
        stopped.countDown();
    }

    /**
     * Returns when one event of each stream has come out.
     *
     * @param longest from its answer to its being in the files
     * @throws WrongSettingException if it does not
     * @throws IOException if a folder cannot be read
     */
    public void begin(Duration longest)
            throws WrongSettingException, IOException, InterruptedException {
        arrivals = Arrivals.from(plan, journal);
        levels = levelsBefore();
        new FirstEvents(plan, journal, arrivals, stopped).send(longest, progress);
    }

    private LevelsCheck levelsBefore() throws WrongSettingException, InterruptedException {
        try {
            return LevelsCheck.before(plan.admins());
        } catch (IOException e) {
            throw new WrongSettingException(
                    "admin", e.getMessage(), "the admin port of a listener, and its token");
        }
    }

    /** Returns when all vendors are done, it is told to stop, or the time is over. */
    public void send(Duration longest) throws InterruptedException {
        if (stopped.getCount() == 0) {
            return;
        }
        progress.accept("sending");
        long seed = plan.seed();
        for (Plan.Sender sender : plan.senders()) {
            start(sender, seed++);
        }
        long end = System.nanoTime() + longest.toNanos();
        Ticker reports = new Ticker();
        while (System.nanoTime() - end < 0 && !isDone()) {
            if (stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            reports.tell(this::counts);
        }
        vendors.forEach(Vendor::stop);
    }

    private Vendor start(Plan.Sender sender, long seed) {
        Vendor vendor = Vendor.start(sender.profile(), sender.endpoints(), journal, seed);
        vendors.add(vendor);
        return vendor;
    }

    private boolean isDone() {
        return vendors.stream().allMatch(Vendor::isDone);
    }

    /**
     * Returns when what is open is answered or given up, and everything that was answered has come
     * out, is counted, and is held by no listener any more; or when the time is over. At the end
     * some last events follow all others: a writer finishes its files in order, so when those that
     * it gets are in finished files, whatever it got before is.
     *
     * @param longest for the answers to what is open; again for those to the last events; and from
     *     the last of these on again for the files
     * @return whether all last events are in finished files: what is missing then is lost, and else
     *     may still come
     */
    public boolean settle(Duration longest) throws IOException, InterruptedException {
        finish(longest);
        List<Plan.Sender> last = plan.last();
        boolean answered = sendLast(last, longest);
        close();
        arrivals.readNew();
        boolean settled = answered && awaitFiles(last, longest);
        unsettled = settled ? Optional.empty() : Optional.of(longest);
        return settled;
    }

    private void finish(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (Vendor vendor : vendors) {
            if (!vendor.finishWithin(Duration.ofNanos(end - System.nanoTime()))) {
                progress.accept("events that have no answer yet: " + vendor.open());
            }
        }
    }

    /** Whether all of them were answered 2xx in that time. */
    private boolean sendLast(List<Plan.Sender> last, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        List<Vendor> senders = last.stream().map(sender -> start(sender, plan.seed())).toList();
        while (!senders.stream().allMatch(Vendor::isDone)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        }
        return true;
    }

    /** Whether the last events have come out. */
    private boolean awaitFiles(List<Plan.Sender> last, Duration longest)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Ticker reports = new Ticker();
        while (!(haveSeen(last) && isComplete()) && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            reports.tell(() -> counts() + "; waiting for what the job writes");
            arrivals.readNew();
        }
        return haveSeen(last);
    }

    private boolean haveSeen(List<Plan.Sender> last) {
        return last.stream().allMatch(sender -> arrivals.hasSeenAll(sender.profile()));
    }

    private boolean isComplete() throws InterruptedException {
        return arrivals.areComplete() && levels.problems().isEmpty();
    }

    /** What is found now. */
    public Report report() throws InterruptedException {
        Verdict verdict = arrivals.verdict();
        Map<String, List<String>> others = new LinkedHashMap<>();
        if (plan.windows().isPresent()) {
            others.put("windows", arrivals.windowProblems());
        }
        if (!plan.admins().isEmpty()) {
            others.put("levels", levels.problems());
        }
        Report report =
                new Report(
                        "",
                        introduction(),
                        journal,
                        verdict,
                        others,
                        List.of(),
                        facts(),
                        unsettled.isPresent() ? unknown(verdict, others) : Map.of());
        return report.titled(title(report));
    }

    /** What may still come in order. */
    private static Map<String, List<String>> unknown(
            Verdict verdict, Map<String, List<String>> others) {
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        unknown.put(
                "lost",
                Stream.concat(verdict.lost().stream(), verdict.lostApart().stream()).toList());
        unknown.putAll(others);
        return unknown;
    }

    private String introduction() {
        String compared =
                "What senders were answered, compared with what is in the job's finished files."
                        + " Seed: "
                        + plan.seed();
        return unsettled
                .map(
                        time ->
                                """
                                %s

                                Not settled within %d s: not all of the last events were answered 2xx and came \
                                into finished files. Whether what is missing is lost is not known.\
                                """
                                        .formatted(compared, time.toSeconds()))
                .orElse(compared);
    }

    private String title(Report report) {
        if (journal.acceptedEvents() == 0) {
            return "Nothing was answered 2xx";
        }
        if (!report.isClean()) {
            return "The promise was broken";
        }
        return report.isSettled() ? "The promise was kept" : "The run did not settle";
    }

    private Map<String, Long> facts() {
        Map<String, Long> facts = new LinkedHashMap<>();
        facts.put("seconds", Duration.between(start, Instant.now()).toSeconds());
        return facts;
    }

    private String counts() {
        return "events: %d, answered 2xx: %d, attempts: %d"
                .formatted(journal.events(), journal.acceptedEvents(), journal.attemptCount());
    }

    /** Drops what is open. */
    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }

    /** Tells something now and then. */
    private final class Ticker {

        private long next = System.nanoTime() + BETWEEN_REPORTS.toNanos();

        void tell(Supplier<String> line) {
            if (System.nanoTime() - next > 0) {
                next += BETWEEN_REPORTS.toNanos();
                progress.accept(line.get());
            }
        }
    }
}
