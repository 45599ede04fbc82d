/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.suite;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The suite's external system: patient senders, and a source that listens on the first free port of
 * a range, since the jobs of one test follow each other at once.
 */
final class WebhookExternalContext implements DataStreamSourceExternalContext<String> {

    private static final String PATH = "/in/suite";
    private static final Duration LONG = Duration.ofMinutes(10);

    private final int firstPort;
    private final int lastPort;
    private final List<PatientSender> senders = new ArrayList<>();

    WebhookExternalContext(int firstPort, int lastPort) {
        this.firstPort = firstPort;
        this.lastPort = lastPort;
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        if (settings.getBoundedness() == Boundedness.BOUNDED) {
            throw new UnsupportedOperationException("a source that is pushed to has no end");
        }
        return WebhookSource.<String>builder()
                .listener(
                        listener ->
                                listener.set(ListenerOptions.PORT, firstPort + "-" + lastPort)
                                        .set(ListenerOptions.HEALTH_PORT, "0"))
                .source(
                        source ->
                                source.set(SourceOptions.LANES, 8)
                                        .set(SourceOptions.ON_ERROR, OnError.FAIL)
                                        .set(SourceOptions.WATCHDOG_TIMEOUT, LONG))
                .stream(
                        "suite",
                        stream ->
                                stream.set(StreamOptions.PATH, PATH)
                                        .set(StreamOptions.AUTH_TYPE, "none")
                                        .set(StreamOptions.EVENT_ID, "header:x-event-id")
                                        .set(StreamOptions.ORDERING_KEY, "header:x-sender")
                                        .set(StreamOptions.ANSWER_DEADLINE, LONG))
                .deserializer(WebhookDeserializationSchema.of(new SimpleStringSchema()))
                .build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        List<URI> endpoints =
                IntStream.rangeClosed(firstPort, lastPort)
                        .mapToObj(port -> URI.create("http://127.0.0.1:" + port + PATH))
                        .toList();
        PatientSender sender = new PatientSender(Integer.toString(senders.size()), endpoints);
        senders.add(sender);
        return sender;
    }

    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 15 + random.nextInt(10))
                .mapToObj(i -> "%d-%d-%x".formatted(splitIndex, i, random.nextLong()))
                .toList();
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {
        senders.forEach(PatientSender::stop);
    }
}
