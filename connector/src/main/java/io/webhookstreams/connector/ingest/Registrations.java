/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.HandshakeSettings;
import io.webhookstreams.auth.Handshakes;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.LifecycleOptions.State;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.ListenerMetrics;
import io.webhookstreams.connector.route.Route;
import io.webhookstreams.connector.route.Routes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * The sources of one listener and their readers. Readers register and leave on their task's thread;
 * what they leave behind, the routes, stays until they come back. Any thread.
 */
public final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    private final Routes<Endpoint> routes = new Routes<>();
    private final SecretResolver secrets;
    private final ListenerMetrics metrics;
    private final WeightedBudget heldShares;
    private final InstantSource clock;
    private final LongSupplier nanoClock;

    /**
     * @param heldShares is divided among the streams of all sources
     */
    public Registrations(
            SecretResolver secrets,
            ListenerMetrics metrics,
            WeightedBudget heldShares,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.secrets = secrets;
        this.metrics = metrics;
        this.heldShares = heldShares;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /**
     * From now on requests for the source's streams are offered to this reader. Reads secrets when
     * the source is new here, or comes with other settings without a newer version; a newer version
     * of one that is here is put in force by {@link #applyWanted}.
     *
     * @throws IllegalStateException if a secret cannot be had
     * @throws IllegalArgumentException if a path belongs to another source
     */
    public synchronized IngestServer.Handle register(Registration registration) {
        SourceSettings settings = registration.source();
        Reader reader = new Reader(registration, nanoClock);
        Source source = sources.get(settings.sourceId());
        if (source == null) {
            source = open(settings, registration.version(), new Readers(reader, nanoClock));
        } else if (registration.version() > source.version()) {
            want(settings, registration.version());
        } else if (source.yieldsTo(settings, registration.version())) {
            source = open(settings, registration.version(), source.readers());
        }
        metrics.registerIn(registration.metrics());
        reader.serve(source.endpoints(), clock);
        Readers readers = source.readers();
        return readers.add(reader) ? () -> readers.remove(reader) : () -> {};
    }

    /** A newer configuration of a source; {@link #applyWanted} puts it in force. */
    public synchronized void want(SourceSettings settings, long version) {
        Source source = sources.get(settings.sourceId());
        Wanted before = wanted.get(settings.sourceId());
        if (source != null
                && version > source.version()
                && (before == null || version > before.version())) {
            wanted.put(settings.sourceId(), new Wanted(settings, version));
        }
    }

    /**
     * Puts in force what is wanted and can be used; leaves the rest for the next time. Reads
     * secrets, without a lock meanwhile: on a thread that may block, always the same one.
     */
    public void applyWanted() {
        for (Wanted next : allWanted()) {
            apply(next);
        }
    }

    private void apply(Wanted next) {
        Source before = source(next.sourceId());
        try {
            List<Endpoint> endpoints = endpoints(next.settings(), before.readers(), before);
            replace(before, next, endpoints);
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (next.isFirstFailure()) {
                LOG.warn(
                        "source {}: configuration {} cannot be used here, {} stays in force. {}",
                        next.sourceId(),
                        next.version(),
                        before.version(),
                        e.getMessage());
            }
        }
    }

    private synchronized void replace(Source before, Wanted next, List<Endpoint> endpoints) {
        if (sources.get(next.sourceId()).version() < next.version()) {
            put(new Source(next.settings(), next.version(), before.readers(), endpoints));
        }
        wanted.remove(next.sourceId(), next);
    }

    private synchronized List<Wanted> allWanted() {
        return List.copyOf(wanted.values());
    }

    private synchronized Source source(String id) {
        return sources.get(id);
    }

    /** Which configuration the source goes by. */
    public synchronized ConfigurationStatus configuration(String id) {
        Source source = sources.get(id);
        if (source == null) {
            return ConfigurationStatus.NONE;
        }
        Wanted next = wanted.get(id);
        return new ConfigurationStatus(
                source.version(), next == null ? source.version() : next.version());
    }

    /** Ids of the sources that have no reader that takes deliveries. */
    public synchronized List<String> notReady() {
        return sources.values().stream()
                .filter(source -> !source.readers().isOpen())
                .map(source -> source.settings().sourceId())
                .toList();
    }

    /** Every reader that is registered now. */
    public synchronized List<ReaderStatus> status() {
        List<ReaderStatus> all = new ArrayList<>();
        for (Source source : sources.values()) {
            String id = source.settings().sourceId();
            all.addAll(source.readers().status(id, configuration(id)));
        }
        return all;
    }

    /** What is known of the secrets of every stream. */
    public synchronized List<StreamSecrets> secrets() {
        List<StreamSecrets> all = new ArrayList<>();
        for (Source source : sources.values()) {
            for (Endpoint endpoint : source.endpoints()) {
                all.add(
                        new StreamSecrets(
                                source.settings().sourceId(),
                                endpoint.settings().name(),
                                endpoint.verifier().scheme(),
                                endpoint.settings().retireAfter(),
                                endpoint.verifier().secrets()));
            }
        }
        return all;
    }

    /** Whether any source has registered since the server started. */
    public boolean isStarted() {
        return !routes.isEmpty();
    }

    /** Makes the verifiers read their secrets again; may read files. */
    public void refreshSecrets() {
        for (Endpoint endpoint : endpoints()) {
            endpoint.verifier().refresh();
            endpoint.handshakes().refresh();
        }
    }

    Routes<Endpoint> routes() {
        return routes;
    }

    private synchronized Collection<Endpoint> endpoints() {
        return sources.values().stream().flatMap(source -> source.endpoints().stream()).toList();
    }

    private Source open(SourceSettings settings, long version, Readers readers) {
        Source source = new Source(settings, version, readers, endpoints(settings, readers, null));
        put(source);
        return source;
    }

    /** From now on it is this source's routes that requests find. */
    private void put(Source source) {
        SourceSettings settings = source.settings();
        List<Route<Endpoint>> table = new ArrayList<>();
        for (Endpoint endpoint : source.endpoints()) {
            table.add(
                    new Route<>(
                            settings.sourceId(),
                            endpoint.settings().path(),
                            endpoint.methods(),
                            endpoint));
        }
        source.readers().serve(source.endpoints(), clock);
        routes.replace(settings.sourceId(), table);
        sources.put(settings.sourceId(), source);
        divideHeld();
    }

    /**
     * What has not changed is kept, with what it knows of its secrets and senders; of a stream that
     * has changed, its verifier is, if that does not differ: fetched keys and certificates, and
     * when a secret was used last, outlive whatever else is set anew.
     */
    private List<Endpoint> endpoints(
            SourceSettings settings, Readers readers, @Nullable Source before) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (StreamSettings stream : settings.streams()) {
            Endpoint kept = before == null ? null : before.serving(stream);
            Endpoint old = before == null ? null : before.named(stream.name());
            endpoints.add(
                    kept == null ? endpoint(settings.sourceId(), stream, readers, old) : kept);
        }
        return endpoints;
    }

    /** Among the streams of all sources. */
    private void divideHeld() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        sources.forEach(
                (id, source) ->
                        source.settings()
                                .weights()
                                .forEach((name, weight) -> weights.put(holder(id, name), weight)));
        heldShares.divide(weights);
    }

    private static String holder(String sourceId, String stream) {
        return sourceId + "/" + stream;
    }

    private Endpoint endpoint(
            String sourceId, StreamSettings stream, Readers readers, @Nullable Endpoint old) {
        try {
            Verifier verifier = verifier(stream, old);
            Handshakes handshakes = Handshakes.open(handshakeOf(stream), verifier, secrets, clock);
            String holder = holder(sourceId, stream.name());
            return new Endpoint(
                    stream,
                    verifier,
                    handshakes,
                    readers,
                    () -> heldShares.share(holder),
                    nanoClock);
        } catch (SecretUnavailableException e) {
            throw new IllegalStateException("stream " + stream.name() + ": " + e.getMessage(), e);
        }
    }

    private Verifier verifier(StreamSettings stream, @Nullable Endpoint old)
            throws SecretUnavailableException {
        AuthSettings auth = authOf(stream);
        return old != null && authOf(old.settings()).equals(auth)
                ? old.verifier()
                : AuthSchemes.verifier(auth, secrets, clock);
    }

    /** A revoked stream's secrets may be gone: nobody is verified by them any more. */
    private static AuthSettings authOf(StreamSettings stream) {
        return stream.state() == State.REVOKED ? AuthSettings.of(AuthSchemes.NONE) : stream.auth();
    }

    private static HandshakeSettings handshakeOf(StreamSettings stream) {
        return stream.state() == State.REVOKED
                ? HandshakeSettings.of(null, null, false)
                : stream.handshake();
    }

    /** A version that is to be put in force. */
    private record Wanted(SourceSettings settings, long version, AtomicBoolean failed) {

        Wanted(SourceSettings settings, long version) {
            this(settings, version, new AtomicBoolean());
        }

        String sourceId() {
            return settings.sourceId();
        }

        boolean isFirstFailure() {
            return failed.compareAndSet(false, true);
        }
    }
}
