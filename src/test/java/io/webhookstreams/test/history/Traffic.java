/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.jobs.prove.vendor.Vendors;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The vendors that post while faults strike, each to one stream: some wait for their answer as long
 * as it may take, some have the habits of real vendors, some vanish before it can come, some are
 * unheard: a proxy cuts their connections for a while just before the answer. One stream answers
 * 202 before anything is durable; it is told apart by that. One is not deduplicated: of its two
 * vendors one sends each event several times at once, and one twice, going away before the answer
 * can come and coming again at once.
 */
final class Traffic implements AutoCloseable {

    /** First part of the ids of events of tier {@code accept}. */
    private static final String HASTY = "hasty";

    /** The stream without deduplication. */
    static final String NOT_DEDUPLICATED = "repeated";

    private static final int HASTY_RATE = 20;
    private static final Duration PATIENCE = Scene.ANSWER_DEADLINE.plusSeconds(2);

    /** Many a checkpoint takes longer; who waits only so long is gone when its answer comes. */
    private static final Duration IMPATIENCE = Duration.ofMillis(150);

    /** An hour between retries is two seconds. */
    private static final double TIME_SCALE = 0.0005;

    /** So that it comes again some 10 ms after it has gone away. */
    private static final double RESTLESSNESS = 0.2;

    private static final int ECHOES = 3;
    private static final int SHARES = 16;
    private static final int FEW = 4;
    private static final int ONE_TWICE_IN = 50;
    private static final Duration AT_LAST = Duration.ofMinutes(4);

    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final WebhooksConfig config;
    private final long seed;

    private Traffic(WebhooksConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    /** With about so many requests in flight, all vendors together. */
    static Traffic start(Scene scene, long seed, int inFlight) {
        Traffic traffic = new Traffic(scene.config(), seed);
        int share = Math.max(1, inFlight / SHARES);
        traffic.postEvents(share);
        traffic.add(
                "pushes", traffic.named("github", "github", share).over(HttpClient.Version.HTTP_2));
        traffic.add("payments", traffic.named("stripe", "stripe", 4 * share));
        traffic.add("hasty", traffic.patient(HASTY, FEW * FEW).atRate(HASTY_RATE));
        traffic.add(NOT_DEDUPLICATED, traffic.patient(NOT_DEDUPLICATED, FEW).echoing(ECHOES));
        traffic.add(NOT_DEDUPLICATED, traffic.restless());
        Endpoints proxied = scene.proxied("/in/events");
        traffic.add(proxied, traffic.patient("unheard", FEW));
        traffic.add(
                proxied, traffic.patient("unheard-streams", FEW).over(HttpClient.Version.HTTP_2));
        return traffic;
    }

    private void postEvents(int share) {
        add(
                "events",
                patient("patient", 5 * share)
                        .over(HttpClient.Version.HTTP_2)
                        .doubling(ONE_TWICE_IN));
        add("events", patient("classic", 3 * share));
        add("events", named("segment", AuthSchemes.BEARER, 2 * share));
        add("events", named("slack", AuthSchemes.BEARER, share));
        add("events", profile("vanishing", Habits.forgetful(IMPATIENCE), AuthSchemes.BEARER, FEW));
    }

    private Vendor.Profile restless() {
        String name = NOT_DEDUPLICATED + "-by-the-restless";
        return profile(name, Habits.patient(IMPATIENCE), AuthSchemes.BEARER, FEW)
                .scaled(RESTLESSNESS)
                .echoing(1);
    }

    private Vendor.Profile patient(String name, int inFlight) {
        return profile(name, Habits.patient(PATIENCE), AuthSchemes.BEARER, inFlight);
    }

    /** As that vendor is known to be, but for its pace. */
    private Vendor.Profile named(String vendor, String auth, int inFlight) {
        Habits habits = Vendors.named(vendor).orElseThrow();
        return profile(vendor, habits, auth, inFlight).scaled(TIME_SCALE);
    }

    private Vendor.Profile profile(String name, Habits habits, String auth, int inFlight) {
        return Vendor.Profile.of(name, habits, config.signer(auth), inFlight);
    }

    private void add(String stream, Vendor.Profile profile) {
        add(config.endpoints(stream), profile);
    }

    private void add(Endpoints endpoints, Vendor.Profile profile) {
        vendors.add(Vendor.start(profile, endpoints, journal, seed + vendors.size()));
    }

    /** One that nobody else has the events of. */
    Knock knock() {
        return new Knock("knock" + vendors.size(), journal);
    }

    /** Posts so many events at once to the stream {@code events}, to each listener as many. */
    void post(String vendor, int events) {
        add("events", patient(vendor, events).atMost(events));
    }

    Journal journal() {
        return journal;
    }

    /** Whether that event was of the stream of tier {@code accept}. */
    static boolean isOfTierAccept(String eventId) {
        return eventId.startsWith(HASTY);
    }

    /** How many 2xx were not the first of their event, in the stream without deduplication. */
    long answeredAgain() {
        Set<String> answered = new HashSet<>();
        return journal.attempts().stream()
                .filter(attempt -> attempt.answer().isAccepted())
                .map(Attempt::eventId)
                .filter(id -> id.startsWith(NOT_DEDUPLICATED) && !answered.add(id))
                .count();
    }

    /** How many events were answered so far with a 2xx that promises durability. */
    long durable() {
        return journal.acceptedEvents() - attempts("202 ");
    }

    long notDurableInTime() {
        return attempts("503 not_durable_in_time");
    }

    private long attempts(String answer) {
        return journal.summary().entrySet().stream()
                .filter(e -> e.getKey().startsWith(answer))
                .mapToLong(e -> e.getValue())
                .sum();
    }

    /** Returns when so many events have been answered so, now or before. */
    void awaitDurable(long enough, Duration timeout) throws InterruptedException {
        Await.until("durable: " + enough + " events", timeout, () -> durable() >= enough);
    }

    /** Makes no new events; returns when every event that is not given up has its 2xx. */
    void finish() throws InterruptedException {
        vendors.forEach(Vendor::stop);
        for (Vendor vendor : vendors) {
            vendor.finish(AT_LAST);
        }
    }

    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }
}
