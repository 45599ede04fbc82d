/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What tells the deliveries of one event from those of another: its stream and the vendor's id.
 * Equal if these are; whether the bodies are the same is asked apart, since the same id with
 * another body is no retry. Where an id has come with several bodies, the first is told by stream
 * and id, and {@link #ofFurtherBody} the others by their bodies too. Immutable but for what the
 * {@link Coalescer} notes.
 *
 * <p>Ordered, so that a sender who chooses ids with one hash code makes no look-up slow: {@link
 * java.util.HashMap} looks by order then.
 */
public final class EventIdentity implements Comparable<EventIdentity> {

    private static final Comparator<EventIdentity> ORDER =
            Comparator.<EventIdentity, String>comparing(event -> event.eventId)
                    .thenComparing(event -> event.stream)
                    .thenComparing(event -> event.furtherBody)
                    .thenComparing(EventIdentity::compareFurtherBodies);

    /**
     * Bytes that the memory of an event takes beside its id: this object, its digest, the id's
     * String and the place in a table, with compressed references.
     */
    private static final int FIXED_BYTES = 192;

    private final String stream;
    private final String eventId;
    private final byte[] bodyDigest;
    private final boolean lost;
    private final boolean furtherBody;
    private final int hash;

    /** The number of the epoch that its delivery was appended in; under the gate. */
    private long epoch;

    /**
     * Takes all three as they are.
     *
     * @param bodyDigest not to be changed afterwards
     */
    public EventIdentity(String stream, String eventId, byte[] bodyDigest) {
        this(stream, eventId, bodyDigest, false);
    }

    /**
     * Takes all of them as they are.
     *
     * @param bodyDigest not to be changed afterwards
     * @param lost whether what is appended is not the delivery but that it is lost on purpose; no
     *     part of what tells events apart
     */
    public EventIdentity(String stream, String eventId, byte[] bodyDigest, boolean lost) {
        this.stream = stream;
        this.eventId = eventId;
        this.bodyDigest = bodyDigest;
        this.lost = lost;
        this.furtherBody = false;
        this.hash = 31 * stream.hashCode() + eventId.hashCode();
    }

    private EventIdentity(EventIdentity event) {
        this.stream = event.stream;
        this.eventId = event.eventId;
        this.bodyDigest = event.bodyDigest;
        this.lost = event.lost;
        this.furtherBody = true;
        this.hash = 31 * event.hash + Arrays.hashCode(event.bodyDigest);
    }

    /** The same event, but told from others by its body as well. */
    EventIdentity ofFurtherBody() {
        return new EventIdentity(this);
    }

    boolean hasSameBody(EventIdentity other) {
        return Arrays.equals(bodyDigest, other.bodyDigest);
    }

    /** Bytes that it is charged for while it is remembered; a character may need two. */
    long costBytes() {
        return FIXED_BYTES + 2L * eventId.length();
    }

    boolean isLost() {
        return lost;
    }

    void appendedIn(long number) {
        epoch = number;
    }

    long epoch() {
        return epoch;
    }

    private static int compareFurtherBodies(EventIdentity one, EventIdentity other) {
        return one.furtherBody ? Arrays.compare(one.bodyDigest, other.bodyDigest) : 0;
    }

    @Override
    public int compareTo(EventIdentity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventIdentity that
                && hash == that.hash
                && furtherBody == that.furtherBody
                && eventId.equals(that.eventId)
                && stream.equals(that.stream)
                && (!furtherBody || hasSameBody(that));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Says nothing of what a sender wrote. */
    @Override
    public String toString() {
        return "an event of stream " + stream;
    }
}
