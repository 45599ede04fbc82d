/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;

import io.webhookstreams.auth.fetch.Fetch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A JWK set behind a URL, kept in memory.
 *
 * <ol>
 *   <li>{@link #refresh}, about once a second, starts a fetch when the set is older than its
 *       interval, or when a token named a key that is not in it; at most one every {@link #PAUSE},
 *       whatever requests say. Request threads start nothing and wait for nothing.
 *   <li>An id that is not in the set is {@linkplain KeySource.Missing#LOOKED_FOR looked for} in the
 *       next fetch, once; if it is not there, it is {@linkplain KeySource.Missing#UNKNOWN unknown}
 *       until a later fetch brings it.
 *   <li>A fetch that fails, or brings no key, changes nothing. What was fetched is used until it is
 *       older than the outage that is tolerated; then no token can be judged.
 * </ol>
 */
public final class RemoteKeys implements KeySource {

    /** From the start of one fetch to that of the next. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** Ids that one fetch looks for and, twice that, that are remembered as unknown. */
    static final int MOST_IDS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

    private final URI url;
    private final Fetch fetch;
    private final long intervalNanos;
    private final long toleranceNanos;
    private final LongSupplier nanoClock;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean fetching = new AtomicBoolean();
    private volatile State state = new State(null, 0, Set.of(), Set.of());
    private boolean tried;
    private long triedAt;
    private boolean failing;

    /**
     * The set at one moment.
     *
     * @param keys null before the first fetch
     * @param unknown ids that the last fetch did not bring
     * @param longUnknown ids that the one before did not
     */
    private record State(
            JwtKeys keys, long fetchedAt, Set<String> unknown, Set<String> longUnknown) {}

    public RemoteKeys(URI url, JwtSettings settings, Fetch fetch, LongSupplier nanoClock) {
        this.url = url;
        this.fetch = fetch;
        this.intervalNanos =
                orElse(settings.refreshInterval(), JwtSettings.DEFAULT_REFRESH_INTERVAL).toNanos();
        this.toleranceNanos =
                orElse(settings.outageTolerance(), JwtSettings.DEFAULT_OUTAGE_TOLERANCE).toNanos();
        this.nanoClock = nanoClock;
    }

    @Override
    public Found find(JWSHeader header, Instant receivedAt) {
        State now = state;
        if (now.keys == null
                || nanoClock.getAsLong() - now.fetchedAt > intervalNanos + toleranceNanos) {
            return Found.none(Missing.UNAVAILABLE);
        }
        List<JwtKey> keys = now.keys.find(header);
        return keys.isEmpty()
                ? Found.none(missing(now, header.getKeyID()))
                : Found.of(keys, KeyUse.NONE);
    }

    @Override
    public boolean needsKeyId() {
        return true;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It ends in done(), which throws nothing.
    public synchronized void refresh() {
        long now = nanoClock.getAsLong();
        boolean due = state.keys == null || now - state.fetchedAt >= intervalNanos;
        boolean rested = !tried || now - triedAt >= PAUSE.toNanos();
        if ((due || !asked.isEmpty()) && rested && fetching.compareAndSet(false, true)) {
            tried = true;
            triedAt = now;
            Set<String> wanted = Set.copyOf(asked);
            fetch.get(url).whenComplete((bytes, failure) -> done(bytes, failure, wanted));
        }
    }

    private Missing missing(State now, String id) {
        boolean refused = now.unknown.contains(id) || now.longUnknown.contains(id);
        // In the set, for another algorithm.
        if (refused || now.keys.has(id)) {
            return Missing.UNKNOWN;
        }
        if (asked.size() < MOST_IDS) {
            asked.add(id);
        }
        // Beyond that many a flood is under way; the fetch that comes anyway looks for all.
        return Missing.LOOKED_FOR;
    }

    private synchronized void done(byte[] bytes, Throwable failure, Set<String> wanted) {
        try {
            if (failure != null) {
                failed(failure.getMessage());
                return;
            }
            JwtKeys keys = JwtKeys.parse(bytes);
            Set<String> unknown = new HashSet<>(wanted);
            unknown.removeIf(keys::has);
            // A round that looked for nothing new forgets nothing.
            State old = state;
            state =
                    unknown.isEmpty()
                            ? new State(keys, nanoClock.getAsLong(), old.unknown, old.longUnknown)
                            : new State(
                                    keys, nanoClock.getAsLong(), Set.copyOf(unknown), old.unknown);
            asked.removeAll(wanted);
            if (old.keys == null || failing) {
                LOG.info("{}: {} keys, used from now on", url, keys.size());
            }
            failing = false;
        } catch (IllegalArgumentException e) {
            failed(e.getMessage());
        } catch (RuntimeException e) {
            // Not its message: it may quote what was read.
            failed("cannot be read, " + e.getClass().getSimpleName());
        } finally {
            fetching.set(false);
        }
    }

    private void failed(String reason) {
        if (!failing) {
            LOG.warn("{}: {}; keys fetched earlier are used meanwhile", url, reason);
        }
        failing = true;
    }

    private static Duration orElse(Duration duration, Duration fallback) {
        return Objects.requireNonNullElse(duration, fallback);
    }
}
