/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.connector.config.StreamSettings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import javax.annotation.Nullable;

/**
 * Where a stream's envelope stands. The body is parsed only as far as these rules need it.
 *
 * <p>A body that is no JSON is never refused for that: a retry could not mend it, so refusing would
 * lose it. Where its id stands in that JSON, the body's digest is its id, and the delivery becomes
 * a dead letter of the job. An id that is simply not there is refused: the stream and its setting
 * do not fit, and somebody must be told.
 */
final class EnvelopeRules {

    private static final String DIGEST_PREFIX = "sha256:";
    private static final String FORM_MEDIA_TYPE = "application/x-www-form-urlencoded";

    private final StreamSettings settings;
    private final List<ValueLocation> inBody = new ArrayList<>();
    private final JsonPointer[] pointers;
    private final JsonFactory json;
    private final boolean asksForm;

    EnvelopeRules(StreamSettings settings) {
        this.settings = settings;
        addIfInBody(settings.eventId());
        addIfInBody(settings.eventType());
        addIfInBody(settings.eventTime());
        addIfInBody(settings.account());
        addIfInBody(settings.orderingKey());
        this.pointers =
                inBody.stream()
                        .map(location -> JsonPointer.compile(location.name()))
                        .toArray(JsonPointer[]::new);
        this.asksForm =
                Stream.of(
                                settings.eventId(),
                                settings.eventType(),
                                settings.eventTime(),
                                settings.account(),
                                settings.orderingKey())
                        .anyMatch(
                                location ->
                                        location != null
                                                && location.kind() == ValueLocation.Kind.FORM);
        this.json = JsonValues.upToDepth(settings.limits().maxJsonDepth());
    }

    /**
     * Reads the envelope of a verified, decoded delivery. Any thread.
     *
     * @param body decoded. Where a digest is the id it is of what was received instead: that is
     *     what is signed, and Content-Encoding is not. Elsewhere it tells bodies apart, which a
     *     retry may compress in another way
     */
    Envelope read(Incoming request, byte[] body) throws RefusedException {
        JsonValues values = pointers.length == 0 ? null : JsonValues.read(json, body, pointers);
        String form = asksForm && isForm(request) ? new String(body, StandardCharsets.UTF_8) : null;
        String id = value(request, values, form, settings.eventId());
        boolean unreadable = id == null && isInBody(settings.eventId()) && malformed(values);
        boolean isId = settings.eventId().kind() == ValueLocation.Kind.BODY_DIGEST || unreadable;
        byte[] digest = sha256(isId ? request.body() : body);
        if (isId) {
            id = DIGEST_PREFIX + HexFormat.of().formatHex(digest);
        }
        requireId(id);
        String key = value(request, values, form, settings.orderingKey());
        return new Envelope(
                id,
                value(request, values, form, settings.eventType()),
                time(value(request, values, form, settings.eventTime())),
                value(request, values, form, settings.account()),
                key == null ? id : key,
                digest,
                unreadable);
    }

    private void requireId(@Nullable String id) throws RefusedException {
        if (id == null && settings.eventId().kind() != ValueLocation.Kind.NONE) {
            throw new RefusedException(
                    Refusal.BAD_REQUEST,
                    "event id: missing (expected: at " + settings.eventId() + ")");
        }
    }

    @Nullable
    private String value(
            Incoming request,
            @Nullable JsonValues values,
            @Nullable String form,
            @Nullable ValueLocation location)
            throws RefusedException {
        if (location == null) {
            return null;
        }
        String text =
                switch (location.kind()) {
                    case HEADER -> only(location, request.headers(location.name()));
                    case QUERY ->
                            only(location, QueryText.values(request.query(), location.name()));
                    case FORM ->
                            form == null
                                    ? null
                                    : only(location, QueryText.values(form, location.name()));
                    case JSON -> values == null ? null : values.get(inBody.indexOf(location));
                    case BODY_DIGEST, NONE -> null;
                };
        return text == null || text.isEmpty() ? null : text;
    }

    /** A second value, which nobody may have signed, would be read by some and not by others. */
    @Nullable
    private static String only(ValueLocation location, List<String> values)
            throws RefusedException {
        if (values.size() > 1) {
            throw new RefusedException(
                    Refusal.BAD_REQUEST,
                    location + ": " + values.size() + " (expected: at most 1)");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Null where the vendor's time is absent or not in its format: the time of receipt counts. */
    @Nullable
    private Instant time(@Nullable String text) {
        return text == null ? null : settings.eventTimeFormat().parse(text).orElse(null);
    }

    private void addIfInBody(@Nullable ValueLocation location) {
        if (isInBody(location) && !inBody.contains(location)) {
            inBody.add(location);
        }
    }

    private static boolean isInBody(@Nullable ValueLocation location) {
        return location != null && location.kind() == ValueLocation.Kind.JSON;
    }

    private static boolean isForm(Incoming request) {
        String type = request.exchange().header("content-type");
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM_MEDIA_TYPE);
    }

    private static boolean malformed(@Nullable JsonValues values) {
        return values != null && values.isMalformed();
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
