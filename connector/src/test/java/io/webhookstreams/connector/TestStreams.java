/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Streams as a configuration describes them, of senders that need not prove themselves. */
public final class TestStreams {

    private final Map<String, Configuration> streams = new LinkedHashMap<>();

    /** With {@code auth.type: none} and ids in {@code X-Event-Id}, unless the options say more. */
    public TestStreams with(String name, Consumer<Configuration> options) {
        Configuration stream = new Configuration();
        stream.set(StreamOptions.PATH, "/in/" + name);
        stream.set(StreamOptions.AUTH_TYPE, "none");
        stream.set(StreamOptions.EVENT_ID, "header:x-event-id");
        stream.set(StreamOptions.MAX_BODY, MemorySize.parse("1kb"));
        stream.set(StreamOptions.MAX_INFLATED_BODY, MemorySize.parse("1kb"));
        options.accept(stream);
        streams.put(name, stream);
        return this;
    }

    public SourceSettings source() {
        return SettingsResolver.resolve(
                "source", new Configuration(), new Configuration(), streams, List.of());
    }

    public List<StreamSettings> settings() {
        return source().streams();
    }
}
