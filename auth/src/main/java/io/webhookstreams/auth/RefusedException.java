/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

/**
 * Carries a denial out of the depth of a verifier to its entry, which returns it. Never leaves the
 * package. Without a stack trace: senders without a secret cause these at will.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Denied denied;

    RefusedException(Cause cause, String detail) {
        super(detail, null, false, false);
        this.denied = new Denied(cause, detail);
    }

    Denied denied() {
        return denied;
    }
}
