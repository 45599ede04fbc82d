/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Documents by the URLs that requests name, fetched in the background and kept in memory. Request
 * threads ask and never wait. Bounded in what is kept, in how many fetches are under way, and in
 * how many start in a minute, whatever requests say.
 *
 * <ol>
 *   <li>A URL that is asked for the first time is fetched, within the minute's {@linkplain
 *       FetchBudget budget for new names}.
 *   <li>What was fetched is {@linkplain Reader#isUsable used}; once it is older than {@link #LIFE}
 *       it is fetched again while it still is, out of a budget of its own. A fetch that fails, or
 *       brings what is not trusted, changes nothing about it.
 *   <li>What could not be had is asked for again after {@link #PAUSE}, as a new name. What was not
 *       even tried, because too many fetches wait, is forgotten and asked for anew.
 *   <li>Beyond {@link #MOST_KEPT} the oldest goes: first what could not be had, then what cannot be
 *       used any more, then what nobody has asked for since it grew old.
 * </ol>
 *
 * @param <T> what a document is read as
 */
public final class Remembered<T> {

    /** Documents, and failures, that are kept. */
    static final int MOST_KEPT = 64;

    /** After how long what was fetched is fetched again. */
    static final Duration LIFE = Duration.ofHours(24);

    /** For how long a URL is not fetched again after any fetch of it. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);

    private final Fetch fetch;
    private final Reader<T> reader;
    private final Function<URI, String> shown;
    private final LongSupplier nanoClock;
    private final FetchBudget budget;
    // Those whose last fetch ended first stand first.
    private final Map<URI, Entry<T>> entries = new LinkedHashMap<>();

    /** Reads a document. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads what was fetched from a URL.
         *
         * @throws IllegalArgumentException if it is none that is trusted; the message tells why
         */
        T read(URI url, byte[] document);

        /**
         * Whether a document may be used.
         *
         * @param isFresh whether it is younger than a day
         * @param at when the request that needs it arrived
         */
        default boolean isUsable(T document, boolean isFresh, Instant at) {
            return isFresh;
        }
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

    /**
     * What is known of a URL.
     *
     * @param document the last that was trusted; null before
     * @param readAt when it came
     * @param last how the last fetch ended; pending while one is under way
     * @param endedAt when
     */
    private record Entry<T>(T document, long readAt, Status last, long endedAt) {

        boolean isFreshAt(long now) {
            return now - readAt < LIFE.toNanos();
        }
    }

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
        this.budget = new FetchBudget(nanoClock.getAsLong());
    }

    /**
     * What is known now; starts a fetch where that is allowed. Never blocks on it. Never null.
     *
     * @param at when the request that names it arrived
     * @param client whose request it is; null where nobody knows
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends in done(), which throws nothing.
    public Answer<T> get(URI url, Instant at, InetAddress client) {
        Answer<T> answer;
        synchronized (entries) {
            Entry<T> entry = entries.get(url);
            long now = nanoClock.getAsLong();
            boolean usable = isUsable(entry, now, at);
            answer =
                    usable
                            ? new Answer<>(Status.HERE, entry.document)
                            : new Answer<>(Status.PENDING, null);
            if (entry != null && !isDue(entry, usable, now)) {
                return usable ? answer : withoutDocument(entry);
            }
            if (!mayStart(entry, now, at, client)) {
                return answer;
            }
            T document = entry == null ? null : entry.document;
            long readAt = entry == null ? now : entry.readAt;
            entries.put(url, new Entry<>(document, readAt, Status.PENDING, now));
        }
        fetch.get(url).whenComplete((document, failure) -> done(url, client, document, failure));
        return answer;
    }

    private boolean isUsable(Entry<T> entry, long now, Instant at) {
        return entry != null
                && entry.document != null
                && reader.isUsable(entry.document, entry.isFreshAt(now), at);
    }

    private static boolean isDue(Entry<?> entry, boolean usable, long now) {
        return entry.last != Status.PENDING
                && now - entry.endedAt >= PAUSE.toNanos()
                && !(usable && entry.isFreshAt(now));
    }

    private static <T> Answer<T> withoutDocument(Entry<T> entry) {
        // Fetched a moment ago, and over already.
        return new Answer<>(entry.last == Status.HERE ? Status.REFUSED : entry.last, null);
    }

    private boolean mayStart(Entry<T> entry, long now, Instant at, InetAddress client) {
        if (entry != null && entry.document != null) {
            return budget.takeAgain(now);
        }
        return (entry != null || hasRoom(now, at)) && budget.takeNew(client, now);
    }

    /** Anything that is thrown leaves the URL as one that could not be fetched. */
    private void done(URI url, InetAddress client, byte[] bytes, Throwable failure) {
        T document = null;
        Status status = Status.FAILED;
        try {
            if (failure != null) {
                status = failed(url, failure);
            } else {
                document = reader.read(url, bytes);
                status = Status.HERE;
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: refused, {}", shown.apply(url), e.getMessage());
            status = Status.REFUSED;
        } catch (RuntimeException e) {
            // Not its message: it may quote the other side.
            String what = e.getClass().getSimpleName();
            LOG.error("{}: cannot be read, {}", shown.apply(url), what);
        } finally {
            settle(url, client, document, status);
        }
    }

    private Status failed(URI url, Throwable failure) {
        if (failure instanceof FetchNotTriedException) {
            return Status.PENDING;
        }
        LOG.warn(
                "{}: {}; what names it is answered 503, unless it is known from earlier",
                shown.apply(url),
                failure.getMessage());
        return Status.FAILED;
    }

    private void settle(URI url, InetAddress client, T document, Status status) {
        synchronized (entries) {
            long now = nanoClock.getAsLong();
            // Put anew, so that the oldest stands first.
            Entry<T> before = entries.remove(url);
            T old = before == null ? null : before.document;
            if (document != null) {
                entries.put(url, new Entry<>(document, now, status, now));
            } else if (old != null) {
                Status last = status == Status.PENDING ? Status.FAILED : status;
                entries.put(url, new Entry<>(old, before.readAt, last, now));
            } else if (status == Status.PENDING) {
                budget.giveBackNew(client);
            } else {
                entries.put(url, new Entry<>(null, now, status, now));
            }
        }
    }

    /** A flood of names evicts no document that is in use. */
    private boolean hasRoom(long now, Instant at) {
        return entries.size() < MOST_KEPT
                || dropFirst(entry -> entry.document == null)
                || dropFirst(entry -> !isUsable(entry, now, at))
                || dropFirst(entry -> !entry.isFreshAt(now));
    }

    private boolean dropFirst(Predicate<Entry<T>> which) {
        URI first =
                entries.entrySet().stream()
                        .filter(entry -> entry.getValue().last != Status.PENDING)
                        .filter(entry -> which.test(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
        return first != null && entries.remove(first) != null;
    }
}
