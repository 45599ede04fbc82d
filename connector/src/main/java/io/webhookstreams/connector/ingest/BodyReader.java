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
    private int length;
    private Refusal refusal = Refusal.TOO_LARGE;
    @Nullable private Permit permit;

    /**
     * Empty again once this is over. A cut request lives on until its answer has left and its
     * sender has stopped sending, with this reader; the bytes that were charged must not.
     */
    private volatile byte[] buffer = EMPTY;

    /** 0 while it goes on, 1 afterwards: only who makes that step may end the request. */
    private volatile int over;

    BodyReader(Incoming request, UnverifiedRequests unverified, Listener listener) {
        this.request = request;
        this.unverified = unverified;
        this.listener = listener;
        this.cap = request.mostBodyBytes();
    }

    void start() {
        run();
    }

    /** More has arrived. */
    @Override
    public void run() {
        try {
            goOn(request.exchange().pull(this));
        } catch (RuntimeException | Error e) {
            boolean unused = end();
            throw e;
        }
    }

    @Override
    public boolean accept(ByteBuffer bytes) {
        int needed = length + bytes.remaining();
        if (needed > cap) {
            refusal = Refusal.TOO_LARGE;
            return false;
        }
        byte[] room = roomFor(needed);
        if (room == null) {
            refusal = overload();
            return false;
        }
        bytes.get(room, length, needed - length);
        length = needed;
        return true;
    }

    private void goOn(Exchange.Pull pull) {
        switch (pull) {
            case WAIT -> await();
            case END -> {
                byte[] whole = buffer;
                if (end()) {
                    listener.bodyRead(request, exact(whole));
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
            refuse(overload());
            return;
        }
        if (!isOver()) {
            request.exchange().whenReadable(this);
        }
    }

    private boolean startCharging() {
        int here = buffer.length;
        permit = unverified.emptyPermit();
        unverified.enter(this);
        return here == 0 || unverified.charge(this, permit, here);
    }

    /** Null: there is no room, or it is over. */
    @Nullable
    private byte[] roomFor(int needed) {
        byte[] now = buffer;
        if (needed <= now.length) {
            return now;
        }
        int size = sizeFor(needed, now.length);
        if (permit != null && !unverified.charge(this, permit, size - now.length)) {
            return null;
        }
        byte[] larger = Arrays.copyOf(now, size);
        buffer = larger;
        // Who cuts steps over first and then empties the buffer: before this one was there, maybe.
        if (isOver()) {
            buffer = EMPTY;
        }
        return larger;
    }

    /** Exact for a body that is here whole; never sized by what a sender merely declares. */
    private int sizeFor(int needed, int now) {
        if (needed == request.exchange().declaredLength()) {
            return needed;
        }
        int doubled = Math.max(LEAST_BUFFER, 2 * now);
        return Math.min(cap, Math.max(needed, doubled));
    }

    private byte[] exact(byte[] whole) {
        return length == whole.length ? whole : Arrays.copyOf(whole, length);
    }

    /** Its sender is told what any request is for which its stream has no room. */
    private Refusal overload() {
        return Refusal.overload(request.endpoint().settings().overloadStatus());
    }

    private boolean refuse(Refusal why) {
        if (!end()) {
            return false;
        }
        try {
            listener.bodyRefused(request, why);
        } catch (RuntimeException e) {
            // Not thrown: it may be another request's thread that cuts this one.
            request.exchange().fail(e);
        } catch (Error e) {
            request.exchange().fail(e);
            throw e;
        }
        return true;
    }

    private boolean end() {
        if (!OVER.compareAndSet(this, 0, 1)) {
            return false;
        }
        buffer = EMPTY;
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
        return refuse(overload());
    }
}
