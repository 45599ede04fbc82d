/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Documents by the URLs that requests name, fetched in the background and kept in memory. Request
 * threads ask and never wait. Bounded in what is kept, in how many fetches are under way, and in
 * how many start in a minute, whatever requests say.
 *
 * @param <T> what a document is read as
 */
public final class Remembered<T> {

    /** Documents, and failures, that are kept; the oldest go. */
    static final int MOST_KEPT = 64;

    /** Fetches that start within a minute. */
    static final int MOST_A_MINUTE = 20;

    /** For how long what was fetched is used. */
    static final Duration LIFE = Duration.ofHours(24);

    /** For how long what could not be had, or was no such document, is not fetched again. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);

    private final Fetch fetch;
    private final Reader<T> reader;
    private final Function<URI, String> shown;
    private final LongSupplier nanoClock;
    private final Map<URI, Entry<T>> entries = new LinkedHashMap<>();
    private long minute;
    private int startedInMinute;

    /** Reads a document. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads what was fetched from a URL.
         *
         * @throws IllegalArgumentException if it is none that is trusted; the message tells why
         */
        T read(URI url, byte[] document);
    }

    /** What is known of a document. */
    public enum Status {
        /** It is here. */
        HERE,
        /** It is being fetched, or will be: asking again soon may help. */
        PENDING,
        /** It could not be fetched a moment ago. */
        FAILED,
        /** It was fetched and is not to be trusted. */
        REFUSED
    }

    /**
     * A document, or why there is none.
     *
     * @param document null except where it is {@link Status#HERE}
     */
    public record Answer<T>(Status status, T document) {}

    private record Entry<T>(Answer<T> answer, long until) {}

    public Remembered(Fetch fetch, Reader<T> reader, LongSupplier nanoClock) {
        this(fetch, reader, URI::toString, nanoClock);
    }

    /**
     * @param shown what logs say of a URL, which may hold what is nobody's business
     */
    public Remembered(
            Fetch fetch, Reader<T> reader, Function<URI, String> shown, LongSupplier nanoClock) {
        this.fetch = fetch;
        this.reader = reader;
        this.shown = shown;
        this.nanoClock = nanoClock;
        this.minute = nanoClock.getAsLong();
    }

    /** What is known now; starts a fetch where that is allowed. Never blocks on it. Never null. */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends in done(), which throws nothing.
    public Answer<T> get(URI url) {
        synchronized (entries) {
            Entry<T> entry = entries.get(url);
            long now = nanoClock.getAsLong();
            if (entry != null && (entry.answer.status == Status.PENDING || now - entry.until < 0)) {
                return entry.answer;
            }
            if (!mayStart(now) || !makeRoom(url, now)) {
                return new Answer<>(Status.PENDING, null);
            }
            entries.put(url, new Entry<>(new Answer<>(Status.PENDING, null), now));
        }
        fetch.get(url).whenComplete((document, failure) -> done(url, document, failure));
        return new Answer<>(Status.PENDING, null);
    }

    private void done(URI url, byte[] document, Throwable failure) {
        Answer<T> answer;
        if (failure != null) {
            String what = shown.apply(url);
            LOG.warn("{}: {}; what names it is answered 503", what, failure.getMessage());
            answer = new Answer<>(Status.FAILED, null);
        } else {
            answer = read(url, document);
        }
        Duration life = answer.status == Status.HERE ? LIFE : PAUSE;
        synchronized (entries) {
            // Put anew, so that the oldest stands first.
            entries.remove(url);
            entries.put(url, new Entry<>(answer, nanoClock.getAsLong() + life.toNanos()));
        }
    }

    private Answer<T> read(URI url, byte[] document) {
        try {
            return new Answer<>(Status.HERE, reader.read(url, document));
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: refused, {}", shown.apply(url), e.getMessage());
            return new Answer<>(Status.REFUSED, null);
        }
    }

    private boolean mayStart(long now) {
        if (now - minute >= Duration.ofMinutes(1).toNanos()) {
            minute = now;
            startedInMinute = 0;
        }
        if (startedInMinute >= MOST_A_MINUTE) {
            return false;
        }
        startedInMinute++;
        return true;
    }

    /**
     * Drops what is past, else the oldest that is not here: a flood of names evicts no document.
     */
    private boolean makeRoom(URI url, long now) {
        entries.remove(url);
        if (entries.size() < MOST_KEPT) {
            return true;
        }
        boolean some =
                entries.values()
                        .removeIf(e -> e.answer.status != Status.PENDING && now - e.until >= 0);
        if (some) {
            return true;
        }
        URI oldest =
                entries.entrySet().stream()
                        .filter(
                                e ->
                                        e.getValue().answer.status == Status.FAILED
                                                || e.getValue().answer.status == Status.REFUSED)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
        return oldest != null && entries.remove(oldest) != null;
    }
}
