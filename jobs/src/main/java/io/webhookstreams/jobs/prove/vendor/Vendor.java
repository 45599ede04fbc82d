/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A vendor under load: so many requests in flight, each with an event of its own, and the next
 * event when the last is answered 2xx. Anything else than a 2xx is sent again after a growing
 * pause, to whichever endpoint is next, with the same id and bytes. One event in {@code forgetful}
 * is given up after its first failed attempt, as GitHub does: it may come out, at most once.
 *
 * <ol>
 *   <li>{@link #start} begins.
 *   <li>{@link #finish} makes no new events and returns when the last open one is answered 2xx.
 *   <li>{@link #close} drops what is open.
 * </ol>
 */
public final class Vendor implements AutoCloseable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);

    /**
     * How a vendor behaves.
     *
     * @param name first part of its events' ids
     * @param inFlight requests open at a time
     * @param timeout after which it takes a request for unanswered
     * @param forgetful one event in so many is never sent again; 0 for none
     */
    public record Profile(
            String name,
            HttpClient.Version version,
            int inFlight,
            Duration timeout,
            int forgetful,
            String token) {}

    private final Profile profile;
    private final Endpoints endpoints;
    private final Journal journal;
    private final long seed;
    private final Poster poster;
    private final ExecutorService threads;
    private final AtomicLong created = new AtomicLong();
    private volatile boolean finishing;

    private Vendor(Profile profile, Endpoints endpoints, Journal journal, long seed) {
        this.profile = profile;
        this.endpoints = endpoints;
        this.journal = journal;
        this.seed = seed;
        this.poster = new Poster(profile.version(), profile.token(), profile.timeout());
        this.threads =
                Executors.newFixedThreadPool(
                        profile.inFlight(), task -> daemon(task, profile.name()));
    }

    public static Vendor start(Profile profile, Endpoints endpoints, Journal journal, long seed) {
        Vendor vendor = new Vendor(profile, endpoints, journal, seed);
        for (int i = 0; i < profile.inFlight(); i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            vendor.threads.execute(() -> vendor.send(random));
        }
        return vendor;
    }

    /** Makes no new events; returns when every event that is not given up has its 2xx. */
    public void finish(Duration timeout) throws InterruptedException {
        finishing = true;
        threads.shutdown();
        if (!threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "vendor %s (seed %d): events without a 2xx (expected: none after %d s), answers so far %s"
                            .formatted(
                                    profile.name(), seed, timeout.toSeconds(), journal.summary()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void send(SplittableRandom random) {
        try {
            while (!finishing) {
                boolean forgetful =
                        profile.forgetful() > 0 && random.nextInt(profile.forgetful()) == 0;
                deliver(nextEvent(), forgetful ? 1 : Integer.MAX_VALUE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Event event, int attempts) throws InterruptedException {
        byte[] body = event.body();
        Duration pause = SHORTEST_PAUSE;
        for (int number = 1; number <= attempts; number++) {
            Attempt attempt = attempt(event, number, body);
            journal.record(attempt);
            if (attempt.answer().isAccepted()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private Attempt attempt(Event event, int number, byte[] body) throws InterruptedException {
        URI to = endpoints.next();
        Instant at = Instant.now();
        long start = System.nanoTime();
        Answer answer = poster.post(to, body);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Attempt(event.id(), number, to, at, took, answer);
    }

    private Event nextEvent() {
        long number = created.incrementAndGet();
        String id = profile.name() + "-" + number;
        return new Event(id, "type." + number % 3, Instant.now());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "vendor-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
