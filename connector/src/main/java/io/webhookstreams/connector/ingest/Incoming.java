/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Handshakes;
import io.webhookstreams.connector.admission.TokenBucket;
import io.webhookstreams.connector.ingest.Answer.Header;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.annotation.Nullable;

/**
 * A routed request on its way in, and what a verifier sees of it. One thread at a time, as the
 * exchange's body.
 */
final class Incoming implements AuthRequest {

    private final Exchange exchange;
    private final Endpoint endpoint;
    private final UUID deliveryId;
    @Nullable private byte[] raw;
    @Nullable private Denied denied;
    private boolean handshake;
    private long readFromNanos;
    @Nullable private Turn turn;
    private List<TokenBucket> charged = List.of();

    Incoming(Exchange exchange, Endpoint endpoint, UUID deliveryId) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.deliveryId = deliveryId;
        this.readFromNanos = exchange.receivedNanos();
    }

    Exchange exchange() {
        return exchange;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    UUID deliveryId() {
        return deliveryId;
    }

    /** When the body was first asked for, on the server's nano clock. */
    long readFromNanos() {
        return readFromNanos;
    }

    /** The body is asked for only now: its sender is not the one who was slow. */
    void readFrom(long nanos) {
        readFromNanos = nanos;
    }

    /** It has waited, and others reckon with the place that it will take. */
    void hasTurn(Turn begun) {
        turn = begun;
    }

    /** It has taken its place in the queue, or needs none. */
    void turnIsOver() {
        if (turn != null) {
            turn.end();
        }
    }

    /** It is a handshake, as its headers say: it can be no event any more. */
    void isHandshake() {
        handshake = true;
    }

    boolean handshake() {
        return handshake;
    }

    /** Its headers deny it; only a body that makes it a handshake saves it. */
    void isDenied(Denied why) {
        denied = why;
    }

    @Nullable
    Denied denied() {
        return denied;
    }

    /** A limit that it counts for, whether there is room in it or not. */
    void isChargedTo(TokenBucket bucket) {
        List<TokenBucket> more = new ArrayList<>(charged);
        more.add(bucket);
        charged = more;
    }

    /** What its sender is told of the limits that it counts for, as of now. */
    List<Header> rateLimitHeaders() {
        return RateLimitHeaders.of(charged);
    }

    /** How many bytes of body are read, at most. */
    int mostBodyBytes() {
        int most = endpoint.settings().maxBodyBytes();
        return handshake || denied != null ? Math.min(most, Handshakes.MAX_BODY) : most;
    }

    /** The body is complete: from now on a verifier may see it. */
    void bodyIs(byte[] bytes) {
        raw = bytes;
    }

    /** Nobody looks at the body any more: who is held or answered slowly must not hold it too. */
    void bodyIsDone() {
        raw = null;
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    @Nullable
    public String query() {
        return exchange.query();
    }

    @Override
    public List<String> headers(String name) {
        return exchange.headers(name);
    }

    @Override
    public byte[] body() {
        if (raw == null) {
            throw new IllegalStateException("body: none (expected: from bodyIs to bodyIsDone)");
        }
        return raw;
    }

    @Override
    public Instant receivedAt() {
        return exchange.receivedAt();
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return exchange.clientCertificates();
    }

    @Override
    public InetAddress clientAddress() {
        return exchange.clientAddress();
    }
}
