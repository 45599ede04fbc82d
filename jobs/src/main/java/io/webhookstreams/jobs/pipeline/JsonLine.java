/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import javax.annotation.Nullable;

/**
 * Writes one record as one line of JSON. Built up as characters first: text that senders chose may
 * hold half a surrogate pair, which becomes a {@code ?} in UTF-8 and must not fail the task.
 */
final class JsonLine {

    /** What fills a line. */
    interface Fields {
        void writeTo(JsonLine line) throws IOException;
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final JsonGenerator generator;

    private JsonLine(JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes the line and its end; the stream stays open. */
    static void write(OutputStream out, Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            fields.writeTo(new JsonLine(generator));
            generator.writeEndObject();
        }
        out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    JsonLine text(String name, @Nullable String value) throws IOException {
        generator.writeStringField(name, value);
        return this;
    }

    JsonLine number(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** A part of a whole; left out where it is all of it. */
    JsonLine part(String name, double value) throws IOException {
        if (value < 1) {
            generator.writeNumberField(name, value);
        }
        return this;
    }

    /** A time in UTC with milliseconds, always of the same length. */
    JsonLine time(String name, @Nullable Instant value) throws IOException {
        generator.writeStringField(name, value == null ? null : MILLISECONDS.format(value));
        return this;
    }

    JsonLine time(String name, long epochMillis) throws IOException {
        return time(name, Instant.ofEpochMilli(epochMillis));
    }

    /** A text that is valid JSON on one line. */
    JsonLine json(String name, String value) throws IOException {
        generator.writeFieldName(name);
        generator.writeRawValue(value);
        return this;
    }

    JsonLine headers(String name, Map<String, List<String>> headers) throws IOException {
        generator.writeObjectFieldStart(name);
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            generator.writeArrayFieldStart(header.getKey());
            for (String value : header.getValue()) {
                generator.writeString(value);
            }
            generator.writeEndArray();
        }
        generator.writeEndObject();
        return this;
    }
}
