/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run against a deployment.
 *
 * <ol>
 *   <li>{@link #send}: vendors post until they are done, told to {@link #stop}, or time is over.
 *   <li>{@link #settle}: what is open is answered or given up; the files hold what was answered.
 *   <li>{@link #verdict}.
 * </ol>
 *
 * Called from one thread, but for {@link #stop}.
 */
public final class Proof implements AutoCloseable {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /**
     * What a run is made of.
     *
     * @param run first part of all event ids: what does not begin with it is of others
     * @param ofTierAccept the stream answers before anything is durable
     */
    public record Plan(
            String run,
            List<Vendor.Profile> vendors,
            Endpoints endpoints,
            SinkFiles files,
            boolean ofTierAccept,
            long seed) {
        public Plan {
            vendors = List.copyOf(vendors);
        }
    }

    private final Plan plan;
    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Oracle oracle;
    private final Consumer<String> progress;

    /**
     * Begins nothing yet.
     *
     * @param progress gets a line now and then, on the caller's thread
     */
    public Proof(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.oracle = new Oracle(journal, id -> plan.ofTierAccept());
    }

    public Journal journal() {
        return journal;
    }

    /** Ends {@link #send}. From any thread. */
    public void stop() {
        stopped.countDown();
    }

    /** Returns when all vendors are done, it is told to stop, or the time is over. */
    public void send(Duration longest) throws InterruptedException {
        long seed = plan.seed();
        for (Vendor.Profile profile : plan.vendors()) {
            vendors.add(Vendor.start(profile, plan.endpoints(), journal, seed++));
        }
        long start = System.nanoTime();
        long end = start + longest.toNanos();
        long report = start + BETWEEN_REPORTS.toNanos();
        while (System.nanoTime() - end < 0 && !isDone()) {
            if (stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            if (System.nanoTime() - report > 0) {
                report += BETWEEN_REPORTS.toNanos();
                progress.accept(counts());
            }
        }
        vendors.forEach(Vendor::stop);
    }

    private boolean isDone() {
        return vendors.stream().allMatch(Vendor::isDone);
    }

    /**
     * Returns when what is open is answered or given up, and the finished files hold everything
     * that was answered; or when the time is over.
     */
    public void settle(Duration longest) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (Vendor vendor : vendors) {
            if (!vendor.finishWithin(Duration.ofNanos(end - System.nanoTime()))) {
                progress.accept("events that have no answer yet: " + vendor.open());
            }
        }
        close();
        progress.accept(counts() + "; waiting for the files");
        plan.files().readNew(this::judge);
        while (!oracle.hasAllAnswered() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            plan.files().readNew(this::judge);
        }
    }

    /** Of events that others have sent, nothing can be said. */
    private void judge(Emitted record) {
        if (record.eventId().startsWith(plan.run())) {
            oracle.add(record);
        }
    }

    public Verdict verdict() {
        return oracle.verdict();
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
}
