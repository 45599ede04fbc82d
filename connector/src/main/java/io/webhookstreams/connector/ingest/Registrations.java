/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.Handshakes;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.ListenerMetrics;
import io.webhookstreams.connector.metrics.SecretMetrics;
import io.webhookstreams.connector.route.Route;
import io.webhookstreams.connector.route.Routes;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sources of one listener and their readers. Readers register and leave on their task's thread;
 * what they leave behind, the routes, stays until they come back. Any thread.
 */
public final class Registrations {

    private final Map<String, Source> sources = new LinkedHashMap<>();
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
     * the source is new here or comes with other settings.
     *
     * @throws IllegalStateException if a secret cannot be had
     * @throws IllegalArgumentException if a path belongs to another source
     */
    public synchronized IngestServer.Handle register(Registration registration) {
        SourceSettings settings = registration.source();
        Reader reader = new Reader(registration, nanoClock);
        Source source = sources.get(settings.sourceId());
        if (source == null || !source.settings().equals(settings)) {
            source =
                    open(
                            settings,
                            source == null ? new Readers(reader, nanoClock) : source.readers());
            sources.put(settings.sourceId(), source);
        }
        metrics.registerIn(registration.metrics());
        for (Endpoint endpoint : source.endpoints()) {
            secretMetrics(endpoint).registerIn(registration.metrics());
        }
        Readers readers = source.readers();
        return readers.add(reader) ? () -> readers.remove(reader) : () -> {};
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
            all.addAll(source.readers().status(source.settings().sourceId()));
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

    private SecretMetrics secretMetrics(Endpoint endpoint) {
        StreamSettings stream = endpoint.settings();
        return new SecretMetrics(stream.name(), endpoint.verifier(), stream.retireAfter(), clock);
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

    private Source open(SourceSettings settings, Readers readers) {
        divideHeld(settings);
        List<Endpoint> endpoints = new ArrayList<>();
        List<Route<Endpoint>> table = new ArrayList<>();
        for (StreamSettings stream : settings.streams()) {
            Endpoint endpoint = endpoint(settings.sourceId(), stream, readers);
            endpoints.add(endpoint);
            table.add(
                    new Route<>(settings.sourceId(), stream.path(), endpoint.methods(), endpoint));
        }
        routes.replace(settings.sourceId(), table);
        return new Source(settings, readers, endpoints);
    }

    /** Among the streams of all sources, of which this one comes or has changed. */
    private void divideHeld(SourceSettings changed) {
        Map<String, SourceSettings> all = new LinkedHashMap<>();
        sources.values()
                .forEach(source -> all.put(source.settings().sourceId(), source.settings()));
        all.put(changed.sourceId(), changed);
        Map<String, Integer> weights = new LinkedHashMap<>();
        all.forEach(
                (id, source) ->
                        source.weights()
                                .forEach((name, weight) -> weights.put(holder(id, name), weight)));
        heldShares.divide(weights);
    }

    private static String holder(String sourceId, String stream) {
        return sourceId + "/" + stream;
    }

    private Endpoint endpoint(String sourceId, StreamSettings stream, Readers readers) {
        try {
            Verifier verifier = AuthSchemes.verifier(stream.auth(), secrets, clock);
            Handshakes handshakes = Handshakes.open(stream.handshake(), verifier, secrets);
            return new Endpoint(
                    stream,
                    verifier,
                    handshakes,
                    readers,
                    heldShares.share(holder(sourceId, stream.name())));
        } catch (SecretUnavailableException e) {
            throw new IllegalStateException("stream " + stream.name() + ": " + e.getMessage(), e);
        }
    }

    private record Source(SourceSettings settings, Readers readers, List<Endpoint> endpoints) {}
}
