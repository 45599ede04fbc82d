/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.fetch.Remembered.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What is known while vendors are down and strangers make up names; the clock is moved by hand. */
class RememberedTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EXPIRES = START.plus(Duration.ofDays(30));
    private static final InetAddress VENDOR = address("203.0.113.1");
    private static final InetAddress STRANGER = address("198.51.100.7");
    private static final URI KNOWN = URI.create("https://vendor.example/known");

    private final Map<URI, CompletableFuture<byte[]>> open = new LinkedHashMap<>();
    private final List<URI> started = new ArrayList<>();
    private boolean queueIsFull;
    private long nanos = 5;
    private int flooded;

    private final Remembered<String> remembered =
            new Remembered<>(this::fetch, new Texts(), () -> nanos);

    /** Good until {@link #EXPIRES}, fetched again or not. */
    private static final class Texts implements Remembered.Reader<String> {
        @Override
        public String read(URI url, byte[] document) {
            String text = new String(document, StandardCharsets.UTF_8);
            if (text.equals("bad")) {
                throw new IllegalArgumentException("bad (expected: good)");
            }
            if (text.equals("strange")) {
                throw new IllegalStateException("a defect");
            }
            return text;
        }

        @Override
        public boolean isUsable(String text, boolean isFresh, Instant at) {
            return at.isBefore(EXPIRES);
        }
    }

    @Test
    void
            a_known_document_is_used_and_fetched_again_at_hour_25_of_a_flood_while_the_vendor_is_down() {
        known("good");
        after(Duration.ofHours(25));
        flood(STRANGER, 100);
        int before = started.size();

        for (int i = 0; i < 10; i++) {
            assertThat(ask(KNOWN)).isEqualTo(new Remembered.Answer<>(Status.HERE, "good"));
            fail(KNOWN);
            after(Remembered.PAUSE);
            flood(STRANGER, 100);
        }
        assertThat(started.subList(before, started.size())).filteredOn(KNOWN::equals).hasSize(10);

        ask(KNOWN);
        answer(KNOWN, "better");
        assertThat(ask(KNOWN).document()).isEqualTo("better");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "strange"})
    void what_comes_later_and_is_no_document_changes_nothing(String later) {
        known("good");
        after(Remembered.LIFE);

        ask(KNOWN);
        answer(KNOWN, later);

        assertThat(ask(KNOWN).document()).isEqualTo("good");
        assertThat(started).as("not at once again").hasSize(2);
    }

    @Test
    void what_cannot_be_used_any_more_is_fetched_again_and_not_used_meanwhile() {
        known("good");
        after(Duration.ofDays(30));

        assertThat(ask(KNOWN).status()).isEqualTo(Status.PENDING);
        fail(KNOWN);
        assertThat(ask(KNOWN).status()).isEqualTo(Status.FAILED);
        after(Remembered.PAUSE);
        ask(KNOWN);
        answer(KNOWN, "as old");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void a_flood_from_one_client_leaves_others_their_part() {
        flood(STRANGER, 1_000);
        assertThat(started).hasSize(FetchBudget.MOST_OF_MANY);

        assertThat(ask(KNOWN).status()).isEqualTo(Status.PENDING);
        answer(KNOWN, "good");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
    }

    @Test
    void a_flood_from_everywhere_starts_no_more_than_the_budget_and_touches_nothing_known() {
        known("good");
        after(Duration.ofMinutes(1));
        for (int i = 0; i < 250; i++) {
            flood(address("2001:db8:" + i + "::1"), 10);
        }

        assertThat(started).hasSize(1 + FetchBudget.MOST_NEW);
        assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
    }

    @Test
    void a_flood_of_many_hours_evicts_no_document_in_use() {
        known("good");
        for (int i = 0; i < 200; i++) {
            after(Duration.ofMinutes(10));
            flood(STRANGER, 100);
            new ArrayList<>(open.keySet()).forEach(this::fail);
            assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
        }
    }

    @Test
    void a_network_of_ipv6_is_one_client() {
        for (int i = 0; i < 100; i++) {
            flood(address("2001:db8:1:" + i + "::1"), 10);
        }

        assertThat(started).hasSize(FetchBudget.MOST_OF_MANY);
    }

    @Test
    void what_was_not_tried_is_pending_and_tried_as_soon_as_there_is_room() {
        queueIsFull = true;
        for (int i = 0; i < 100; i++) {
            assertThat(ask(KNOWN).status()).isEqualTo(Status.PENDING);
        }
        queueIsFull = false;

        ask(KNOWN);
        answer(KNOWN, "good");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
    }

    @Test
    void what_cannot_be_read_for_a_defect_of_ours_is_asked_for_again() {
        ask(KNOWN);
        answer(KNOWN, "strange");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.FAILED);

        after(Remembered.PAUSE);
        ask(KNOWN);
        answer(KNOWN, "good");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
    }

    @Test
    void many_documents_that_nobody_asks_for_make_room_for_a_new_one() {
        for (int i = 0; i < Remembered.MOST_KEPT; i++) {
            URI url = URI.create("https://vendor.example/old-" + i);
            ask(url);
            answer(url, "good");
            after(Duration.ofMinutes(1));
        }
        ask(KNOWN);
        assertThat(open).as("all are young").isEmpty();

        after(Remembered.LIFE);
        ask(KNOWN);
        answer(KNOWN, "good");
        assertThat(ask(KNOWN).status()).isEqualTo(Status.HERE);
    }

    private void known(String text) {
        ask(KNOWN);
        answer(KNOWN, text);
        assertThat(ask(KNOWN).document()).isEqualTo(text);
    }

    private Remembered.Answer<String> ask(URI url) {
        return ask(url, VENDOR);
    }

    private Remembered.Answer<String> ask(URI url, InetAddress client) {
        return remembered.get(url, START.plusNanos(nanos), client);
    }

    private void flood(InetAddress client, int names) {
        for (int i = 0; i < names; i++) {
            ask(URI.create("https://vendor.example/made-up-" + flooded++), client);
        }
    }

    private CompletableFuture<byte[]> fetch(URI url) {
        if (queueIsFull) {
            return CompletableFuture.failedFuture(new FetchNotTriedException("full"));
        }
        started.add(url);
        open.put(url, new CompletableFuture<>());
        return open.get(url);
    }

    private void answer(URI url, String text) {
        open.remove(url).complete(text.getBytes(StandardCharsets.UTF_8));
    }

    private void fail(URI url) {
        open.remove(url).completeExceptionally(new FetchFailedException("down"));
    }

    private void after(Duration duration) {
        nanos += duration.toNanos();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
