/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Digest;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Event;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Posts events that the test chooses, all at once, each until it is answered 2xx. */
public final class Batch {

    /** Fixed, so that the same number always is the same event, byte for byte. */
    static final Instant CREATED = Instant.parse("2026-11-23T10:00:00Z");

    private static final int MOST_ROUNDS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Endpoints endpoints;
    private final Journal journal;

    public Batch(Endpoints endpoints, Journal journal) {
        this.endpoints = endpoints;
        this.journal = journal;
    }

    /** So many events NAME-first, NAME-(first+1), …, all of one minute of event time. */
    public static List<Event> events(String name, int first, int number) {
        return IntStream.range(first, first + number)
                .mapToObj(i -> new Event(name + "-" + i, "batch", CREATED.plusMillis(i)))
                .toList();
    }

    public void post(List<Event> events) throws InterruptedException {
        events.forEach(event -> journal.sending(event.id(), Digest.of(event.body())));
        List<Event> open = events;
        for (int round = 1; !open.isEmpty(); round++) {
            if (round > MOST_ROUNDS) {
                throw new AssertionError(
                        "events: %d without a 2xx (expected: 0), answers %s"
                                .formatted(open.size(), journal.summary()));
            }
            if (round > 1) {
                Await.pause(PAUSE);
            }
            open = unanswered(open, round);
        }
    }

    private List<Event> unanswered(List<Event> events, int round) {
        List<CompletableFuture<Attempt>> posts =
                events.stream().map(event -> attempt(event, round)).toList();
        List<Attempt> attempts = posts.stream().map(CompletableFuture::join).toList();
        attempts.forEach(journal::record);
        return IntStream.range(0, events.size())
                .filter(i -> !attempts.get(i).answer().isAccepted())
                .mapToObj(events::get)
                .toList();
    }

    private CompletableFuture<Attempt> attempt(Event event, int round) {
        URI to = endpoints.next();
        Instant at = Instant.now();
        HttpRequest request =
                HttpRequest.newBuilder(to)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + WebhooksConfig.TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()))
                        .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> answer(response, failure))
                .thenApply(
                        answer ->
                                new Attempt(
                                        event.id(),
                                        round,
                                        to,
                                        at,
                                        Duration.between(at, Instant.now()),
                                        answer));
    }

    private static Answer answer(HttpResponse<String> response, Throwable failure) {
        if (failure != null) {
            return new Answer.Silence(failure.toString(), false);
        }
        if (response.statusCode() / 100 == 2) {
            return new Answer.Accepted(response.statusCode(), response.version());
        }
        // What the oracle says of refusals is not what these events are for.
        return new Answer.Silence(response.statusCode() + " " + response.body(), false);
    }
}
