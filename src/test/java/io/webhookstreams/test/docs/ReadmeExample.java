/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

/** The README's example, compiled and run. */
final class ReadmeExample {

    static DataStream<String> orders(StreamExecutionEnvironment env) {
        // README
        WebhookSource<String> source =
                WebhookSource.<String>builder()
                        .listener(listener -> listener.set(ListenerOptions.PORT, "8080-8089"))
                        .source(options -> options.set(SourceOptions.ON_ERROR, OnError.DROP))
                        .stream(
                                "orders",
                                stream ->
                                        stream.set(StreamOptions.PATH, "/in/orders-5f0c9a")
                                                .set(StreamOptions.AUTH_TYPE, "stripe")
                                                .set(
                                                        StreamOptions.AUTH_SECRETS,
                                                        List.of("file:/run/secrets/stripe")))
                        .deserializer(WebhookDeserializationSchema.of(new SimpleStringSchema()))
                        .build();
        DataStream<String> orders = source.addTo(env, "orders");
        // README
        return orders;
    }

    private ReadmeExample() {}
}
