/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.webhookstreams.connector.admission.RetryAfter;
import io.webhookstreams.connector.ingest.Answer.Header;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.annotation.Nullable;

/** Turns refusals into answers (RFC 9457) that say what to do and nothing else. Any thread. */
public final class Problems {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER = "Retry-After";
    private static final JsonFactory JSON = new JsonFactory();

    private final RetryAfter retryAfter;

    public Problems(RetryAfter retryAfter) {
        this.retryAfter = retryAfter;
    }

    /**
     * The answer that says this refusal.
     *
     * @param detail safe for any reader, or null
     * @param more further headers, such as Allow
     */
    public Answer answer(
            Refusal refusal, @Nullable String deliveryId, @Nullable String detail, Header... more) {
        Header wait =
                new Header(
                        RETRY_AFTER,
                        Integer.toString(retryAfter.seconds(refusal.leastRetrySeconds())));
        return answer(refusal, refusal.status(), wait, deliveryId, detail, more);
    }

    /** The same with the status, and the time to wait, that the stream says it with. */
    Answer answer(
            Refusal refusal,
            Endpoint stream,
            @Nullable String deliveryId,
            @Nullable String detail,
            Header... more) {
        return answer(refusal, stream, null, deliveryId, detail, more);
    }

    /**
     * The same where it may be known how long to wait.
     *
     * @param known null where it is up to the stream
     */
    Answer answer(
            Refusal refusal,
            Endpoint stream,
            @Nullable Duration known,
            @Nullable String deliveryId,
            @Nullable String detail,
            Header... more) {
        Duration time = known == null ? stream.wait(refusal) : known;
        int status = stream.status(refusal);
        Header wait =
                new Header(
                        RETRY_AFTER,
                        retryAfter.value(time, status, stream.settings().deadlines().retryAfter()));
        return answer(refusal, status, wait, deliveryId, detail, more);
    }

    private static Answer answer(
            Refusal refusal,
            int status,
            Header wait,
            @Nullable String deliveryId,
            @Nullable String detail,
            Header... more) {
        List<Header> headers = new ArrayList<>(List.of(more));
        if (refusal.isRetryable()) {
            headers.add(wait);
        }
        byte[] body = body(status, refusal.code(), refusal.sentence(), deliveryId, detail);
        return new Answer(status, headers, MEDIA_TYPE, body);
    }

    /** The body for a status that the HTTP server itself answers with. */
    public static byte[] body(
            int status,
            String code,
            String title,
            @Nullable String deliveryId,
            @Nullable String detail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("code", code);
            if (detail != null && !detail.equals(title)) {
                json.writeStringField("detail", detail);
            }
            if (deliveryId != null) {
                json.writeStringField("delivery_id", deliveryId);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return out.toByteArray();
    }
}
