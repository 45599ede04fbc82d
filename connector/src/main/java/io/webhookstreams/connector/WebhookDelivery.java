/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import javax.annotation.Nullable;

/**
 * One HTTP request that passed authentication and admission: what a record of the source carries.
 * Immutable and safe to share between threads, which is why arrays are handed out uncopied: do not
 * change them. Nothing in it is a credential: hop-by-hop headers, credential headers and credential
 * query parameters have been removed. Two deliveries are equal when their {@link
 * WebhookDeliveryWire wire forms} are.
 */
@PublicEvolving
@TypeInfo(WebhookDeliveryTypeInfo.Factory.class)
public final class WebhookDelivery {

    /** Lane and sequence of a delivery that has not been appended to a lane. */
    public static final int NO_LANE = -1;

    public static final long NO_SEQUENCE = -1;

    private final String stream;
    private final UUID deliveryId;
    private final int lane;
    private final long sequence;
    private final Instant receivedAt;
    private final String method;
    private final String path;
    @Nullable private final String query;
    private final Map<String, List<String>> headers;
    @Nullable private final String contentType;
    @Nullable private final String charset;
    private final byte[] body;
    private final byte[] bodyDigest;
    @Nullable private final String remoteAddress;
    private final String authScheme;
    private final String secretName;
    @Nullable private final String eventId;
    @Nullable private final String eventType;
    @Nullable private final Instant eventTime;
    @Nullable private final String account;
    @Nullable private final String correlationId;
    @Nullable private final String traceparent;
    private final double samplingRate;
    @Nullable private final String shedReason;
    private final int bodyBytes;
    private final byte[] wire;

    /** The wire form, where there is one already, is that of the values. */
    private WebhookDelivery(Builder values, @Nullable byte[] wire) {
        this.stream = values.stream;
        this.deliveryId = values.deliveryId;
        this.lane = values.lane;
        this.sequence = values.sequence;
        this.receivedAt = values.receivedAt;
        this.method = values.method;
        this.path = values.path;
        this.query = values.query;
        this.headers = values.headers;
        this.contentType = values.contentType;
        this.charset = values.charset;
        this.body = values.body;
        this.bodyDigest =
                values.bodyDigest == null ? CanonicalForm.sha256(body) : values.bodyDigest;
        this.remoteAddress = values.remoteAddress;
        this.authScheme = values.authScheme;
        this.secretName = values.secretName;
        this.eventId = values.eventId;
        this.eventType = values.eventType;
        this.eventTime = values.eventTime;
        this.account = values.account;
        this.correlationId = values.correlationId;
        this.traceparent = values.traceparent;
        this.samplingRate = values.samplingRate;
        this.shedReason = values.shedReason;
        this.bodyBytes = values.shedReason == null ? body.length : values.bodyBytes;
        this.wire = wire == null ? WebhookDeliveryWire.encode(this) : wire;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Name of the stream that the delivery was posted to. */
    public String stream() {
        return stream;
    }

    /**
     * Ours, time-ordered (UUIDv7, RFC 9562); a retry of the same event is another delivery with
     * another id.
     */
    public UUID deliveryId() {
        return deliveryId;
    }

    /** The lane that the delivery was appended to, or {@link #NO_LANE}. */
    public int lane() {
        return lane;
    }

    /** Its number in that lane, from 0 without gaps, or {@link #NO_SEQUENCE}. */
    public long sequence() {
        return sequence;
    }

    /** When the request's headers arrived, by this host's clock, in milliseconds. */
    public Instant receivedAt() {
        return receivedAt;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** The raw query without its credentials. */
    @Nullable
    public String query() {
        return query;
    }

    /** Names in lower case, in alphabetical order; a name's values in the order of the request. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header, its name in any case. */
    @Nullable
    public String header(String name) {
        List<String> found = headers.get(name.toLowerCase(Locale.ROOT));
        return found == null || found.isEmpty() ? null : found.get(0);
    }

    /** The media type as sent, without parameters, in lower case. */
    @Nullable
    public String contentType() {
        return contentType;
    }

    /** The charset parameter of the content type as sent; it may name a charset unknown here. */
    @Nullable
    public String charset() {
        return charset;
    }

    /** The bytes after {@code Content-Encoding} was undone. */
    public byte[] body() {
        return body;
    }

    /**
     * SHA-256 of the {@link #body()}, also of one that was shed; where the event's id is a digest,
     * of the bytes before {@code Content-Encoding} was undone. 32 bytes.
     */
    public byte[] bodyDigest() {
        return bodyDigest;
    }

    /**
     * The client's address, IPv6 as RFC 5952 writes it; null where it is not known. Behind trusted
     * proxies the one that they name.
     */
    @Nullable
    public String remoteAddress() {
        return remoteAddress;
    }

    /** How the sender was verified: {@code bearer}, {@code github}, …, {@code none}. */
    public String authScheme() {
        return authScheme;
    }

    /** Name, never the value, of the secret that matched; empty where the scheme has none. */
    public String secretName() {
        return secretName;
    }

    /** The vendor's id of the event, found where the stream's {@code event-id} says. */
    @Nullable
    public String eventId() {
        return eventId;
    }

    @Nullable
    public String eventType() {
        return eventType;
    }

    @Nullable
    public Instant eventTime() {
        return eventTime;
    }

    /** The vendor's account: tenant, shop or installation. */
    @Nullable
    public String account() {
        return account;
    }

    @Nullable
    public String correlationId() {
        return correlationId;
    }

    /** The W3C trace context of the request. */
    @Nullable
    public String traceparent() {
        return traceparent;
    }

    /**
     * The share of deliveries that was let in when this one was, or was shed: 1.0 unless its stream
     * sheds.
     */
    public double samplingRate() {
        return samplingRate;
    }

    /**
     * Whether this is no delivery but the record of one that was shed: body and headers are empty.
     * Only of streams with {@link PolicyOptions#SHED_LEDGER}; {@link ShedLedger} parts them.
     */
    public boolean isShed() {
        return shedReason != null;
    }

    /** Why it was shed, {@link ShedLedger#HIGH_WATER}; null where it was not. */
    @Nullable
    public String shedReason() {
        return shedReason;
    }

    /** Length of the body, also of one that was shed. */
    public int bodyBytes() {
        return bodyBytes;
    }

    /** See {@link WebhookDeliveryWire}. */
    byte[] wire() {
        return wire;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookDelivery that && Arrays.equals(wire, that.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    /** Names the delivery; what a sender wrote stays out of logs. */
    @Override
    public String toString() {
        return "WebhookDelivery{stream=%s, id=%s, lane=%d, sequence=%d, bytes=%d}"
                .formatted(stream, deliveryId, lane, sequence, bodyBytes);
    }

    /** Filled by the ingest path, and by tests; not thread-safe. */
    public static final class Builder {
        private String stream = "";
        private UUID deliveryId = new UUID(0, 0);
        private int lane = NO_LANE;
        private long sequence = NO_SEQUENCE;
        private Instant receivedAt = Instant.EPOCH;
        private String method = "POST";
        private String path = "/";
        @Nullable private String query;
        private Map<String, List<String>> headers = Map.of();
        @Nullable private String contentType;
        @Nullable private String charset;
        private byte[] body = new byte[0];
        @Nullable private byte[] bodyDigest;
        @Nullable private String remoteAddress;
        private String authScheme = "none";
        private String secretName = "";
        @Nullable private String eventId;
        @Nullable private String eventType;
        @Nullable private Instant eventTime;
        @Nullable private String account;
        @Nullable private String correlationId;
        @Nullable private String traceparent;
        private double samplingRate = 1.0;
        @Nullable private String shedReason;
        private int bodyBytes;

        private Builder() {}

        public Builder stream(String value) {
            stream = Objects.requireNonNull(value);
            return this;
        }

        public Builder deliveryId(UUID value) {
            deliveryId = Objects.requireNonNull(value);
            return this;
        }

        public Builder lane(int value) {
            lane = value;
            return this;
        }

        public Builder sequence(long value) {
            sequence = value;
            return this;
        }

        public Builder receivedAt(Instant value) {
            receivedAt = value.truncatedTo(ChronoUnit.MILLIS);
            return this;
        }

        public Builder method(String value) {
            method = Objects.requireNonNull(value);
            return this;
        }

        public Builder path(String value) {
            path = Objects.requireNonNull(value);
            return this;
        }

        public Builder query(@Nullable String value) {
            query = value;
            return this;
        }

        /** Names in any case; values of names that differ in case only are joined. */
        public Builder headers(Map<String, List<String>> value) {
            headers = CanonicalForm.headers(value);
            return this;
        }

        /**
         * Headers in their canonical form already, as a wire form has them: names in lower case,
         * iterated in their order. Not copied: do not change them afterwards.
         */
        @Internal
        public Builder canonicalHeaders(Map<String, List<String>> value) {
            headers = Collections.unmodifiableMap(value);
            return this;
        }

        public Builder contentType(@Nullable String value) {
            contentType = value;
            return this;
        }

        public Builder charset(@Nullable String value) {
            charset = value;
            return this;
        }

        /** Not copied: do not change the array afterwards. */
        public Builder body(byte[] value) {
            body = Objects.requireNonNull(value);
            return this;
        }

        /**
         * SHA-256 of the body, where it is known already; otherwise {@link #build()} computes it.
         */
        public Builder bodyDigest(byte[] value) {
            bodyDigest = Objects.requireNonNull(value);
            return this;
        }

        public Builder remoteAddress(@Nullable String value) {
            remoteAddress = value;
            return this;
        }

        public Builder authScheme(String value) {
            authScheme = Objects.requireNonNull(value);
            return this;
        }

        public Builder secretName(String value) {
            secretName = Objects.requireNonNull(value);
            return this;
        }

        public Builder eventId(@Nullable String value) {
            eventId = value;
            return this;
        }

        public Builder eventType(@Nullable String value) {
            eventType = value;
            return this;
        }

        public Builder eventTime(@Nullable Instant value) {
            eventTime = value;
            return this;
        }

        public Builder account(@Nullable String value) {
            account = value;
            return this;
        }

        public Builder correlationId(@Nullable String value) {
            correlationId = value;
            return this;
        }

        public Builder traceparent(@Nullable String value) {
            traceparent = value;
            return this;
        }

        public Builder samplingRate(double value) {
            samplingRate = value;
            return this;
        }

        /**
         * Makes it the record of a delivery that was shed; its body stays empty.
         *
         * @param bytes that the body had
         */
        public Builder shed(String reason, int bytes) {
            shedReason = Objects.requireNonNull(reason);
            bodyBytes = bytes;
            return this;
        }

        public WebhookDelivery build() {
            return new WebhookDelivery(this, null);
        }

        /** For a delivery that was read from its wire form, which is kept. */
        WebhookDelivery build(byte[] wire) {
            return new WebhookDelivery(this, wire);
        }
    }
}
