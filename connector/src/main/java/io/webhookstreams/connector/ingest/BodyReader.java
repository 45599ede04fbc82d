/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.admission.Unverified;
import io.webhookstreams.connector.admission.UnverifiedRequests;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import javax.annotation.Nullable;

/**
 * Reads one body up to its cap. A body that arrives together with its headers is handed on by the
 * same thread and never waits, so it is not charged; one that is waited for is charged for the
 * buffer it occupies, and may be cut.
 *
 * <p>Ends exactly once: read, refused, cut or broken, whichever is first. One thread reads; others
 * may cut meanwhile.
 */
final class BodyReader implements Unverified, Exchange.BodySink, Runnable {

    /** What becomes of the request afterwards; exactly one call. */
    interface Listener {
        void bodyRead(Incoming request, byte[] raw);

        void bodyRefused(Incoming request, Refusal refusal);

        /** The sender is gone. */
        void bodyBroken(Incoming request);
    }

    private static final AtomicIntegerFieldUpdater<BodyReader> OVER =
            AtomicIntegerFieldUpdater.newUpdater(BodyReader.class, "over");
    private static final int LEAST_BUFFER = 1_024;
    private static final byte[] EMPTY = {};

    private final Incoming request;
    private final UnverifiedRequests unverified;
    private final Listener listener;
    private final int cap;
    private byte[] buffer = EMPTY;
    private int length;
    private Refusal refusal = Refusal.TOO_LARGE;
    @Nullable private Permit permit;

    /** 0 while it goes on, 1 afterwards: only who makes that step may end the request. */
    private volatile int over;

    BodyReader(Incoming request, UnverifiedRequests unverified, Listener listener) {
        this.request = request;
        this.unverified = unverified;
        this.listener = listener;
        this.cap = request.mostBodyBytes();
    }

    void start() {
        goOn(request.exchange().pull(this));
    }

    /** More has arrived. */
    @Override
    public void run() {
        goOn(request.exchange().pull(this));
    }

    @Override
    public boolean accept(ByteBuffer bytes) {
        int needed = length + bytes.remaining();
        if (needed > cap) {
            refusal = Refusal.TOO_LARGE;
            return false;
        }
        if (needed > buffer.length && !grow(needed)) {
            refusal = Refusal.OVERLOADED;
            return false;
        }
        bytes.get(buffer, length, needed - length);
        length = needed;
        return true;
    }

    private void goOn(Exchange.Pull pull) {
        switch (pull) {
            case WAIT -> await();
            case END -> {
                if (end()) {
                    listener.bodyRead(request, handedOver());
                }
            }
            case STOPPED -> refuse(refusal);
            case BROKEN -> {
                if (end()) {
                    listener.bodyBroken(request);
                }
            }
        }
    }

    private void await() {
        if (permit == null && !startCharging()) {
            refuse(Refusal.OVERLOADED);
            return;
        }
        if (!isOver()) {
            request.exchange().whenReadable(this);
        }
    }

    private boolean startCharging() {
        permit = unverified.emptyPermit();
        unverified.enter(this);
        return buffer.length == 0 || unverified.charge(this, permit, buffer.length);
    }

    private boolean grow(int needed) {
        int size = sizeFor(needed);
        if (permit != null && !unverified.charge(this, permit, size - buffer.length)) {
            return false;
        }
        buffer = Arrays.copyOf(buffer, size);
        return true;
    }

    /** Exact for a body that is here whole; never sized by what a sender merely declares. */
    private int sizeFor(int needed) {
        if (needed == request.exchange().declaredLength()) {
            return needed;
        }
        int doubled = Math.max(LEAST_BUFFER, 2 * buffer.length);
        return Math.min(cap, Math.max(needed, doubled));
    }

    /** The body. The exchange may keep this reader for as long as the request is held. */
    private byte[] handedOver() {
        byte[] exact = length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
        buffer = EMPTY;
        return exact;
    }

    private boolean refuse(Refusal why) {
        boolean mine = end();
        if (mine) {
            listener.bodyRefused(request, why);
        }
        return mine;
    }

    private boolean end() {
        if (!OVER.compareAndSet(this, 0, 1)) {
            return false;
        }
        if (permit != null) {
            unverified.leave(this);
            permit.close();
        }
        return true;
    }

    @Override
    public boolean isOver() {
        return over != 0;
    }

    @Override
    public String stream() {
        return request.endpoint().settings().name();
    }

    @Override
    public int weight() {
        return request.endpoint().settings().policy().weight();
    }

    @Override
    public long heldBytes() {
        return permit == null ? 0 : permit.bytes();
    }

    @Override
    public long startedNanos() {
        return request.readFromNanos();
    }

    @Override
    public long dueNanos() {
        return startedNanos() + request.endpoint().settings().bodyTimeout().toNanos();
    }

    @Override
    public boolean tooSlow() {
        return refuse(Refusal.SLOW_BODY);
    }

    @Override
    public boolean crowdedOut() {
        return refuse(Refusal.OVERLOADED);
    }
}
