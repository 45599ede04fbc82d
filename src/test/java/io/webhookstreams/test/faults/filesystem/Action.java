/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

/** What becomes of an operation that a rule matches. */
public enum Action {
    /** It begins later. */
    DELAY,

    /**
     * It begins when the rule's file is gone, whatever interrupts the thread; it fails when the
     * rule has become {@link #FAIL}.
     */
    HANG,

    /** It throws an {@link java.io.IOException} and does nothing. */
    FAIL,

    /** A write leaves half of its bytes and fails as on a full disk; any other operation fails. */
    FULL_DISK
}
