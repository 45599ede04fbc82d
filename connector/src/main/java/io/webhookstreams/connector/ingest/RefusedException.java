/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

/**
 * Leaves the ingest path with a refusal. It is an answer and no failure: it carries no stack trace
 * and never leaves this package.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        this(refusal, refusal.sentence());
    }

    /**
     * @param detail shown to the sender: what was expected, and nothing that the sender chose
     */
    RefusedException(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
