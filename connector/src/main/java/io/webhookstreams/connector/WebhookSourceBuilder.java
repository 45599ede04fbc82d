/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.config.LedgerCheck;
import io.webhookstreams.connector.config.ReloadSettings;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import javax.annotation.Nullable;

/**
 * Collects a source's options and checks them all at once.
 *
 * <pre>{@code
 * WebhookSource.<WebhookDelivery>builder()
 *         .listener(l -> l.set(ListenerOptions.PORT, "8080"))
 *         .source(s -> s.set(SourceOptions.LANES, 8))
 *         .stream("orders", s -> s
 *                 .set(StreamOptions.PATH, "/in/orders")
 *                 .set(StreamOptions.AUTH_TYPE, "bearer")
 *                 .set(StreamOptions.AUTH_SECRETS, List.of("env:ORDERS_TOKEN"))
 *                 .set(StreamOptions.EVENT_ID, "header:x-event-id"))
 *         .deserializer(WebhookDeserializationSchema.deliveries())
 *         .build()
 *         .addTo(env, "orders");
 * }</pre>
 */
@PublicEvolving
public final class WebhookSourceBuilder<T> {

    private static final Duration SHORTEST_RELOAD_INTERVAL = Duration.ofMillis(10);

    private final Configuration listener = new Configuration();
    private final Configuration source = new Configuration();
    private final Map<String, Configuration> streams = new LinkedHashMap<>();
    @Nullable private WebhookDeserializationSchema<T> schema;
    @Nullable private ReloadableConfiguration reloaded;
    private Duration reloadInterval = Duration.ZERO;

    WebhookSourceBuilder() {}

    /** Sets {@link ListenerOptions}. */
    public WebhookSourceBuilder<T> listener(Consumer<Configuration> options) {
        options.accept(listener);
        return this;
    }

    /** Adds options read from elsewhere, by the keys of {@link ListenerOptions}. */
    public WebhookSourceBuilder<T> listener(Configuration options) {
        listener.addAll(options);
        return this;
    }

    /** Sets {@link SourceOptions}. */
    public WebhookSourceBuilder<T> source(Consumer<Configuration> options) {
        options.accept(source);
        return this;
    }

    /** Adds options read from elsewhere, by the keys of {@link SourceOptions}. */
    public WebhookSourceBuilder<T> source(Configuration options) {
        source.addAll(options);
        return this;
    }

    /** Adds a stream, or sets more {@link StreamOptions} of it. */
    public WebhookSourceBuilder<T> stream(String name, Consumer<Configuration> options) {
        options.accept(streams.computeIfAbsent(name, added -> new Configuration()));
        return this;
    }

    /** Adds a stream by options read from elsewhere, by the keys of {@link StreamOptions}. */
    public WebhookSourceBuilder<T> stream(String name, Configuration options) {
        streams.computeIfAbsent(name, added -> new Configuration()).addAll(options);
        return this;
    }

    /**
     * Has the JobManager read the options again while the job runs: streams that have changed there
     * are put in force without a restart.
     *
     * @param interval from one reading to the next
     */
    public WebhookSourceBuilder<T> reload(ReloadableConfiguration file, Duration interval) {
        reloaded = Objects.requireNonNull(file);
        reloadInterval = Objects.requireNonNull(interval);
        return this;
    }

    /** Required. What the records are. */
    public WebhookSourceBuilder<T> deserializer(WebhookDeserializationSchema<T> value) {
        schema = Objects.requireNonNull(value);
        return this;
    }

    /**
     * Resolves and checks all options.
     *
     * @throws InvalidSettingsException with all problems together
     */
    public WebhookSource<T> build() {
        SourceSettings settings =
                SettingsResolver.resolve(
                        WebhookSource.UNNAMED, listener, source, streams, problems());
        return new WebhookSource<>(settings, Objects.requireNonNull(schema), reload());
    }

    /** Null where nothing is read again. */
    @Nullable
    private ReloadSettings reload() {
        return reloaded == null
                ? null
                : new ReloadSettings(
                        reloaded,
                        reloadInterval,
                        new SourceConfiguration(
                                new Configuration(listener),
                                new Configuration(source),
                                streams,
                                List.of()),
                        schema.emitsShed(),
                        null,
                        null);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(schemaProblems());
        if (reloaded != null && reloadInterval.compareTo(SHORTEST_RELOAD_INTERVAL) < 0) {
            problems.add(
                    "reload.interval: %d ms (expected: at least %d ms)"
                            .formatted(
                                    reloadInterval.toMillis(),
                                    SHORTEST_RELOAD_INTERVAL.toMillis()));
        }
        return problems;
    }

    private List<String> schemaProblems() {
        if (schema == null) {
            return List.of("deserializer: none (expected: a WebhookDeserializationSchema)");
        }
        if (isToEmitErrors() && !schema.emitsErrors()) {
            return List.of(
                    "source.on-error: emit (expected: drop or fail with %s, which emits no error records; or a"
                                    .formatted(schema.getClass().getSimpleName())
                            + " schema that does, such as WebhookDeserializationSchema.results(...))");
        }
        return LedgerCheck.problems(streams, schema.emitsShed());
    }

    /** A value that is none is a problem of the options, which their resolver tells. */
    private boolean isToEmitErrors() {
        try {
            return source.get(SourceOptions.ON_ERROR) == OnError.EMIT;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
