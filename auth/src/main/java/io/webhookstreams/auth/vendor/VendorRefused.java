/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;

/**
 * Carries a denial to the verifier's entry, which returns it. Without a stack trace: senders
 * without a key cause these at will.
 */
final class VendorRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Denied denied;

    VendorRefused(Cause cause, String detail) {
        super(detail, null, false, false);
        this.denied = new Denied(cause, detail);
    }

    Denied denied() {
        return denied;
    }
}
