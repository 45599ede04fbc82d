/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;

import javax.annotation.Nullable;

/** A request whose body comes after its headers; like Jetty's, it keeps whoever reads it. */
final class Post implements Exchange {

    private final long receivedNanos;
    @Nullable private final String eventId;
    private long declaredLength = -1;
    private Runnable next;
    private Runnable gone;
    private final Queue<byte[]> arrived = new ArrayDeque<>();
    private boolean whole;
    private boolean stopped;
    private Runnable betweenParts = () -> {};
    @Nullable private Throwable brokenHeaders;
    @Nullable private Answer answered;

    /** Its headers arrived at that time of the server's nano clock. */
    Post(long receivedNanos) {
        this(receivedNanos, "evt_1");
    }

    /**
     * @param eventId null for none
     */
    Post(long receivedNanos, @Nullable String eventId) {
        this.receivedNanos = receivedNanos;
        this.eventId = eventId;
    }

    /** Its body is there before anybody asks for it. */
    Post withBody() {
        whole = true;
        arrived.add("{}".getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Post declaring(long bytes) {
        declaredLength = bytes;
        return this;
    }

    void bodyArrives() {
        bodyArrives("{}".getBytes(StandardCharsets.UTF_8));
    }

    void bodyArrives(byte[] body) {
        whole = true;
        partArrives(body);
    }

    /** Some of its body, and not the last of it. */
    void partArrives(byte[]... parts) {
        arrived.addAll(List.of(parts));
        next.run();
    }

    /** What happens while its thread is between two parts that have arrived together. */
    void betweenParts(Runnable event) {
        betweenParts = event;
    }

    /** Whether its reader has wanted no more. */
    boolean stopped() {
        return stopped;
    }

    /** Whoever reads all its headers fails. */
    void headersAreBroken(Throwable failure) {
        brokenHeaders = failure;
    }

    /** What it has been told; null so far nothing. */
    @Nullable
    Answer answered() {
        return answered;
    }

    void leaves() {
        gone.run();
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/in/orders";
    }

    @Override
    public String query() {
        return null;
    }

    @Override
    public String header(String name) {
        return name.equals("x-event-id") ? eventId : null;
    }

    @Override
    public List<String> headers(String name) {
        String value = header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public int headerLines() {
        return 0;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> line) {
        if (brokenHeaders != null) {
            FakeIntake.sneak(brokenHeaders);
        }
    }

    @Override
    public long declaredLength() {
        return declaredLength;
    }

    @Override
    public InetAddress clientAddress() {
        return null;
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return List.of();
    }

    @Override
    public Instant receivedAt() {
        return Instant.EPOCH;
    }

    @Override
    public long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public Pull pull(BodySink sink) {
        for (byte[] part = arrived.poll(); part != null; part = arrived.poll()) {
            if (!sink.accept(ByteBuffer.wrap(part))) {
                stopped = true;
                return Pull.STOPPED;
            }
            betweenParts.run();
        }
        return whole ? Pull.END : Pull.WAIT;
    }

    @Override
    public void whenReadable(Runnable task) {
        next = task;
    }

    @Override
    public void abandon() {}

    @Override
    public void fail(Throwable fault) {
        throw new AssertionError(fault);
    }

    @Override
    public boolean answer(Answer answer, Runnable written) {
        answered = answer;
        return true;
    }

    @Override
    public void hold(Runnable task) {
        gone = task;
    }
}
