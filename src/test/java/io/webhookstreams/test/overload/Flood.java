/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.overload;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Event;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Retried;
import io.webhookstreams.jobs.prove.vendor.RetryAfter;
import io.webhookstreams.jobs.prove.vendor.Schedule;
import io.webhookstreams.jobs.prove.vendor.Source;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Vendors that post at a fixed rate, whatever the answers are, and come again with the same id when
 * they are told to; each to a stream of its own, with events that are named after the stream.
 */
final class Flood implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of each vendor, waiting for an answer or for the next attempt: several times what fits. */
    private static final int MOST_OPEN = 800;

    private static final int FENCES = 4;

    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final Map<String, Vendor> pouring = new HashMap<>();
    private final WebhooksConfig config;
    private final SinkFiles files;

    Flood(WebhooksConfig config) {
        this.config = config;
        this.files = config.files("events");
    }

    /**
     * Posts so many events a second to a stream with a bearer token, until {@link #ebb} or {@link
     * #finish}.
     *
     * @param padding bytes in each that mean nothing
     */
    void pour(String stream, double perSecond, int padding) {
        String name = stream + "-" + vendors.size();
        Vendor.Profile profile =
                profile(name).atRate(perSecond).formed(new Event.Form(Event.Times.TEXT, padding));
        pouring.put(stream, start(stream, profile));
    }

    /**
     * Makes no new events for a stream: in an outage, what is due would come all at once after it,
     * and nobody would be calm.
     */
    void ebb(String stream) {
        pouring.remove(stream).stop();
    }

    private Vendor start(String stream, Vendor.Profile profile) {
        Vendor vendor = Vendor.start(profile, config.endpoints(stream), journal, vendors.size());
        vendors.add(vendor);
        return vendor;
    }

    private Vendor.Profile profile(String name) {
        return Vendor.Profile.of(name, obedient(), config.signer("bearer"), MOST_OPEN);
    }

    /** Sends everything again, when Retry-After says. */
    private static Habits obedient() {
        return new Habits(
                "obedient",
                Source.INVENTED,
                PATIENCE,
                Set.of(),
                Retried.EVERYTHING,
                Schedule.growing(Duration.ofMillis(200), 2, Duration.ofSeconds(2)),
                Map.of(),
                RetryAfter.SECONDS);
    }

    /** How often a stream's attempts were answered with each status and code so far. */
    Map<String, Long> answers(String stream) {
        return journal.summary(id -> isOf(stream, id));
    }

    /** A stream's attempts that have ended. */
    Stream<Attempt> attempts(String stream) {
        return journal.attempts().stream().filter(a -> isOf(stream, a.eventId()));
    }

    /** Events of a stream that were answered 2xx. */
    Set<String> accepted(String stream) {
        return journal.accepted().stream()
                .filter(id -> isOf(stream, id))
                .collect(Collectors.toSet());
    }

    private static boolean isOf(String stream, String eventId) {
        return eventId.startsWith(stream + "-");
    }

    /** The median time to a 2xx of attempts that were sent between two instants. */
    Duration median(String stream, Instant from, Instant to) {
        List<Duration> sorted =
                attempts(stream)
                        .filter(a -> a.answer().isAccepted())
                        .filter(a -> !a.at().isBefore(from) && a.at().isBefore(to))
                        .map(Attempt::took)
                        .sorted()
                        .toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
    }

    /** Makes no new events; returns when each has its 2xx. */
    void finish() throws InterruptedException {
        vendors.forEach(Vendor::stop);
        for (Vendor vendor : vendors) {
            vendor.finish(SOON);
        }
    }

    /**
     * Posts a few more events to each stream, and returns when they are in finished files. A
     * stream's file is written in order, so whatever came out before is in finished files too.
     */
    void awaitFences(Set<String> streams) throws InterruptedException {
        for (String stream : streams) {
            start(stream, profile(stream + "-fence").atRate(100).atMost(FENCES));
        }
        Set<String> fences =
                streams.stream()
                        .flatMap(s -> Stream.of(1, 2, 3, 4).map(n -> s + "-fence-" + n))
                        .collect(Collectors.toSet());
        Await.until("fences: answered", SOON, () -> journal.accepted().containsAll(fences));
        Await.until("fences: in finished files", SOON, () -> ids().containsAll(fences));
    }

    /** The ids of the events in finished files. */
    Set<String> ids() throws IOException {
        return files.events().stream().map(Emitted::eventId).collect(Collectors.toSet());
    }

    /** The lines of a stream in finished files. */
    List<JsonNode> lines(String stream) throws IOException {
        return files.lines().stream()
                .filter(line -> line.required("stream").asText().equals(stream))
                .toList();
    }

    /**
     * What the oracle says, with the events of one stream apart that were answered 2xx and are not
     * in the files.
     */
    Verdict verdict(String apart) throws IOException {
        journal.write(config.directory().resolve("journal"));
        Oracle oracle = new Oracle(journal, id -> isOf(apart, id));
        files.events().forEach(oracle::add);
        return oracle.verdict();
    }

    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }
}
