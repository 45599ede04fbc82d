/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.annotation.Nullable;

/**
 * One HTTP request that passed authentication and admission: what a record of the source carries.
 * Immutable, safe to share between threads. Nothing in it is a credential: hop-by-hop headers,
 * credential headers and credential query parameters have been removed.
 */
@PublicEvolving
public final class WebhookDelivery {

    /** Lane and sequence of a delivery that has not been appended to a lane. */
    public static final int NO_LANE = -1;

    private final Builder values;

    private WebhookDelivery(Builder values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Name of the stream that the delivery was posted to. */
    public String stream() {
        return values.stream;
    }

    /**
     * Ours, time-ordered (UUIDv7, RFC 9562); a retry of the same event is another delivery with
     * another id.
     */
    public UUID deliveryId() {
        return values.deliveryId;
    }

    /** A builder, filled by the ingest path; not thread-safe. */
    public static final class Builder {
        private String stream = "";
        private UUID deliveryId = new UUID(0, 0);
        private int lane = NO_LANE;
        private long sequence = -1;
        private long receivedAtMillis;
        private String method = "POST";
        private String path = "/";
        @Nullable private String query;
        private Map<String, List<String>> headers = Map.of();
        @Nullable private String contentType;
        private byte[] body = new byte[0];

        private Builder() {}

        public WebhookDelivery build() {
            return new WebhookDelivery(this);
        }
    }
}
