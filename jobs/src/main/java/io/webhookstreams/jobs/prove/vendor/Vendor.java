/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import io.webhookstreams.auth.Signer;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A vendor under load, that sends its events again as its {@link Habits} say, with the same id and
 * bytes, to whichever endpoint is next. Closed loop (rate 0): so many events open at a time, and
 * the next one when one is answered or given up. Open loop: so many a second, whatever the answers
 * are, while not too many are open.
 *
 * <ol>
 *   <li>{@link #start} begins.
 *   <li>{@link #finish} makes no new events and returns when the last open one is answered 2xx or
 *       given up.
 *   <li>{@link #close} drops what is open.
 * </ol>
 *
 * All of it runs on two threads of its own; a request in flight has none.
 */
public final class Vendor implements AutoCloseable {

    /** How many requests an HTTP/2 connection carries at a time. */
    public static final int STREAMS_PER_CONNECTION = 100;

    private static final int THREADS = 2;
    private static final int TYPES = 3;
    private static final long TICK_MILLIS = 5;
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;

    /**
     * How a vendor is simulated.
     *
     * @param name first part of its events' ids, which are {@code NAME-NUMBER}, and of their types
     */
    public record Profile(
            String name,
            Habits habits,
            Signer signer,
            Pace pace,
            Mischief mischief,
            Event.Form form) {

        /** Closed loop, with a bearer token, patient but for the forgotten events. */
        public Profile(
                String name,
                HttpClient.Version version,
                int inFlight,
                Duration timeout,
                int forgetful,
                String token) {
            this(
                    name,
                    Habits.patient(timeout),
                    new Bearer(token),
                    Pace.closed(version, inFlight),
                    new Mischief(forgetful, 0, 0),
                    Event.Form.PLAIN);
        }

        /** A vendor of that name, alone with its habits: closed loop, HTTP/1.1, real time. */
        public static Profile of(String name, Habits habits, Signer signer, int inFlight) {
            Pace pace = Pace.closed(HttpClient.Version.HTTP_1_1, inFlight);
            return new Profile(name, habits, signer, pace, Mischief.NONE, Event.Form.PLAIN);
        }

        public Profile over(HttpClient.Version version) {
            return with(pace.over(version));
        }

        /** So many events a second; 0 for closed loop. */
        public Profile atRate(double perSecond) {
            return with(pace.atRate(perSecond));
        }

        /** So many events in all; 0 for no limit. */
        public Profile atMost(long events) {
            return with(pace.atMost(events));
        }

        public Profile scaled(double realTimePerVendorsTime) {
            return with(pace.scaled(realTimePerVendorsTime));
        }

        private Profile with(Pace other) {
            return new Profile(name, habits, signer, other, mischief, form);
        }

        public Profile doubling(int oneIn) {
            return with(new Mischief(mischief.forgetful(), oneIn, mischief.echoes()));
        }

        /** Each event is sent so many times more at the same time, and these are not retried. */
        public Profile echoing(int times) {
            return with(new Mischief(mischief.forgetful(), mischief.doubled(), times));
        }

        private Profile with(Mischief other) {
            return new Profile(name, habits, signer, pace, other, form);
        }

        public Profile formed(Event.Form other) {
            return new Profile(name, habits, signer, pace, mischief, other);
        }
    }

    /** An event that is not answered yet. */
    private static final class Open {
        private final Event event;
        private final byte[] body;
        private final boolean forgotten;
        private int attempts;

        Open(Event event, byte[] body, boolean forgotten) {
            this.event = event;
            this.body = body;
            this.forgotten = forgotten;
        }
    }

    private final Profile profile;
    private final Endpoints endpoints;
    private final Journal journal;
    private final long seed;
    private final SplittableRandom random;
    private final ScheduledThreadPoolExecutor threads;
    private final List<Poster> posters = new ArrayList<>();
    private final long startedAt = System.nanoTime();
    private final Object lock = new Object();
    // Guarded by lock, as random is.
    private long created;
    private int open;
    private int echoes;
    private long givenUp;
    private boolean finishing;

    private Vendor(Profile profile, Endpoints endpoints, Journal journal, long seed) {
        this.profile = profile;
        this.endpoints = endpoints;
        this.journal = journal;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.threads =
                new ScheduledThreadPoolExecutor(THREADS, task -> daemon(task, profile.name()));
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // What completes after close has nobody to run for.
        threads.setRejectedExecutionHandler((task, executor) -> {});
        boolean shared = profile.pace().version() == HttpClient.Version.HTTP_2;
        int clients = shared ? 1 + (profile.pace().inFlight() - 1) / STREAMS_PER_CONNECTION : 1;
        for (int i = 0; i < clients; i++) {
            posters.add(new Poster(profile.pace().version(), profile.habits().deadline(), threads));
        }
    }

    public static Vendor start(Profile profile, Endpoints endpoints, Journal journal, long seed) {
        Vendor vendor = new Vendor(profile, endpoints, journal, seed);
        if (profile.pace().rate() > 0) {
            Future<?> unused =
                    vendor.threads.scheduleAtFixedRate(
                            vendor::sendDue, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            for (int i = 0; i < profile.pace().inFlight(); i++) {
                vendor.threads.execute(vendor::sendNext);
            }
        }
        return vendor;
    }

    /**
     * Makes no new events; returns when each has its 2xx or is given up.
     *
     * @throws IllegalStateException when one has not in that time
     */
    public void finish(Duration timeout) throws InterruptedException {
        if (!finishWithin(timeout)) {
            throw new IllegalStateException(
                    "vendor %s (seed %d): events without a 2xx (expected: none after %d s), answers so far %s"
                            .formatted(
                                    profile.name(), seed, timeout.toSeconds(), journal.summary()));
        }
    }

    /** As {@link #finish}; false when the time was too short. */
    public boolean finishWithin(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (lock) {
            finishing = true;
            while (open + echoes > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return true;
        }
    }

    /** Makes no new events. */
    public void stop() {
        synchronized (lock) {
            finishing = true;
        }
    }

    /** True when it has sent as many events as it may, and none is open. */
    public boolean isDone() {
        synchronized (lock) {
            boolean all =
                    finishing || (profile.pace().limit() > 0 && created >= profile.pace().limit());
            return all && open + echoes == 0;
        }
    }

    /** How many events were never answered with what this vendor takes for a yes. */
    public long givenUp() {
        synchronized (lock) {
            return givenUp;
        }
    }

    /** How many events are open. */
    public int open() {
        synchronized (lock) {
            return open;
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    /** Open loop: what is due by now, while not too many are open. */
    private void sendDue() {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        long due = (long) (seconds * profile.pace().rate()) + 1;
        while (isDue(due)) {
            sendNext();
        }
    }

    private boolean isDue(long due) {
        synchronized (lock) {
            return created < due && open < profile.pace().inFlight() && mayCreate();
        }
    }

    private boolean mayCreate() {
        return !finishing && (profile.pace().limit() == 0 || created < profile.pace().limit());
    }

    private void sendNext() {
        Optional<Open> next = next();
        next.ifPresent(this::attempt);
    }

    private Optional<Open> next() {
        long number;
        boolean forgotten;
        int more;
        synchronized (lock) {
            if (!mayCreate()) {
                return Optional.empty();
            }
            number = ++created;
            open++;
            forgotten = oneIn(profile.mischief().forgetful());
            boolean twice = oneIn(profile.mischief().doubled());
            more = profile.mischief().echoes() + (twice ? 1 : 0);
            echoes += more;
        }
        String id = profile.name() + "-" + number;
        Event event = new Event(id, profile.name() + "." + number % TYPES, Instant.now());
        byte[] body = event.body(profile.form());
        journal.sending(id, Digest.of(body));
        Open fresh = new Open(event, body, forgotten);
        for (int i = 0; i < more; i++) {
            CompletableFuture<Void> unused = post(fresh, 1).thenRun(this::echoEnded);
        }
        return Optional.of(fresh);
    }

    private boolean oneIn(int many) {
        return many > 0 && random.nextInt(many) == 0;
    }

    private void attempt(Open event) {
        event.attempts++;
        CompletableFuture<Void> unused =
                post(event, event.attempts).thenAccept(answer -> answered(event, answer));
    }

    /** Posts and records, and completes with the answer on one of this vendor's threads. */
    private CompletableFuture<Answer> post(Open event, int number) {
        URI to = endpoints.next();
        long start = System.nanoTime();
        return signedPost(event, to)
                .thenApplyAsync(
                        answer -> {
                            Duration took = Duration.ofNanos(System.nanoTime() - start);
                            journal.record(
                                    new Attempt(
                                            event.event.id(),
                                            number,
                                            to,
                                            journal.at(start),
                                            took,
                                            answer));
                            return answer;
                        },
                        threads);
    }

    private CompletableFuture<Answer> signedPost(Open event, URI to) {
        Map<String, String> headers;
        try {
            headers = profile.signer().sign(event.body, Instant.now(), event.event.id());
        } catch (IllegalArgumentException e) {
            // Whoever waits for answers must see it.
            return CompletableFuture.completedFuture(new Answer.Silence("not signed: " + e, false));
        }
        return poster(event).post(to, event.body, headers);
    }

    private Poster poster(Open event) {
        return posters.get(Math.floorMod(event.event.id().hashCode(), posters.size()));
    }

    private void answered(Open event, Answer answer) {
        if (profile.habits().isSatisfied(answer)) {
            ended(false);
            return;
        }
        Optional<Duration> pause =
                event.forgotten
                        ? Optional.empty()
                        : profile.habits()
                                .pause(
                                        answer,
                                        event.attempts,
                                        profile.pace().timeScale(),
                                        nextRandom());
        if (pause.isEmpty()) {
            ended(true);
            return;
        }
        Future<?> unused =
                threads.schedule(() -> attempt(event), pause.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private double nextRandom() {
        synchronized (lock) {
            return random.nextDouble();
        }
    }

    private void ended(boolean unanswered) {
        synchronized (lock) {
            open--;
            givenUp += unanswered ? 1 : 0;
            lock.notifyAll();
        }
        if (profile.pace().rate() == 0) {
            // Where nobody listens, a vendor that gives up at once would only spin.
            long pause = unanswered ? PAUSE_AFTER_FAILURE_MILLIS : 0;
            Future<?> unused = threads.schedule(this::sendNext, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void echoEnded() {
        synchronized (lock) {
            echoes--;
            lock.notifyAll();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "vendor-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
