/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

/**
 * A request whose body is arriving and that has proved nothing yet. Called by {@link
 * UnverifiedRequests} on any thread, also while its own thread reads.
 */
public interface Unverified {

    /** The stream that it was sent to; requests of one stream have one weight. */
    String stream();

    /** The stream's, 1 or more. */
    int weight();

    /** Bytes it holds of the budget now. */
    long heldBytes();

    /** When its body was first asked for, on the server's nano clock. */
    long startedNanos();

    /** When its body must be there, on the server's nano clock. */
    long dueNanos();

    /** Whether it has been read, refused or cut. */
    boolean isOver();

    /**
     * Ends it because its body is late. False: it was over already, and nothing happened. Its bytes
     * are back in the budget, and it has left, when this returns true.
     */
    boolean tooSlow();

    /** Ends it to make room for others; otherwise as {@link #tooSlow}. */
    boolean crowdedOut();
}
