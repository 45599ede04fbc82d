/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.annotation.Nullable;

/** Options in, settings out; all problems of all groups in one exception. */
public final class SettingsResolver {

    private static final long MIB = 1L << 20;

    /**
     * Resolves the settings of a source.
     *
     * @param sourceId tells the sources of one job apart
     * @param streams each stream's options by its name
     * @param furtherProblems what the caller found on its own, reported together with the rest
     * @throws InvalidSettingsException with every problem
     */
    public static SourceSettings resolve(
            String sourceId,
            Configuration listener,
            Configuration source,
            Map<String, Configuration> streams,
            List<String> furtherProblems) {
        List<String> problems = new ArrayList<>();
        ListenerSettings listenerSettings = ListenerResolver.resolve(listener, problems);
        OptionReader options = new OptionReader("source.", source, problems);
        options.refuseUnknownKeys(WebhookOptions.SOURCE);
        List<StreamSettings> streamSettings =
                streams(streams, listenerSettings.publicUrl(), problems);
        SourceSettings settings =
                new SourceSettings(
                        sourceId,
                        listenerSettings,
                        streamSettings,
                        options.number(SourceOptions.LANES, 1, 4096),
                        options.bytes(SourceOptions.QUEUE_MAX_BYTES, MIB / 16, 1024 * MIB),
                        options.bytes(SourceOptions.COALESCING_MAX_BYTES, MIB / 16, 1024 * MIB),
                        options.positive(
                                SourceOptions.WATCHDOG_TIMEOUT,
                                SourceOptions.WATCHDOG_TIMEOUT.defaultValue()),
                        options.get(SourceOptions.ON_ERROR),
                        CheckpointReader.read(options));
        refuseBodiesLargerThanTheQueue(settings, problems);
        refuseClientsNobodyAsks(settings, problems);
        problems.addAll(furtherProblems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private static List<StreamSettings> streams(
            Map<String, Configuration> streams, @Nullable String publicUrl, List<String> problems) {
        if (streams.isEmpty()) {
            problems.add("streams: none (expected: at least one)");
        }
        List<StreamSettings> settings = new ArrayList<>();
        Map<String, String> streamByPath = new HashMap<>();
        streams.forEach(
                (name, configuration) -> {
                    StreamSettings stream =
                            StreamResolver.resolve(name, publicUrl, configuration, problems);
                    String other = streamByPath.putIfAbsent(stream.path(), name);
                    if (other != null && !stream.path().equals("/")) {
                        problems.add(
                                "streams.%s.path: %s (expected: another path than that of stream %s)"
                                        .formatted(name, stream.path(), other));
                    }
                    settings.add(stream);
                });
        return List.copyOf(settings);
    }

    private static void refuseBodiesLargerThanTheQueue(
            SourceSettings settings, List<String> problems) {
        if (settings.weights().values().stream().anyMatch(weight -> weight < 1)) {
            return;
        }
        WeightedBudget queue =
                new WeightedBudget(new ByteBudget("queued", settings.queueMaxBytes()));
        queue.divide(settings.weights());
        for (StreamSettings stream : settings.streams()) {
            // A queued delivery is its body and its envelope, of which the headers are the most.
            long room =
                    queue.share(stream.name()).most() - 2L * settings.listener().maxHeaderBytes();
            boolean inflated = stream.maxInflatedBytes() > stream.maxBodyBytes();
            long largest = inflated ? stream.maxInflatedBytes() : stream.maxBodyBytes();
            if (largest > room) {
                problems.add(
                        "streams.%s.%s: %s (expected: at most the stream's room in source.queue.max-bytes without room for headers, which is %s)"
                                .formatted(
                                        stream.name(),
                                        inflated ? "max-inflated-body" : "max-body",
                                        new MemorySize(largest),
                                        new MemorySize(Math.max(0, room))));
            }
        }
    }

    private static void refuseClientsNobodyAsks(SourceSettings settings, List<String> problems) {
        if (settings.listener().clientAuth() != ClientAuth.NONE) {
            return;
        }
        for (StreamSettings stream : settings.streams()) {
            if (stream.auth().asksFor(AuthSchemes.MTLS)) {
                problems.add(
                        "streams.%s.auth.type: %s (expected: listener.tls.client-auth want or need beside it)"
                                .formatted(stream.name(), stream.auth().type()));
            }
        }
    }

    private SettingsResolver() {}
}
