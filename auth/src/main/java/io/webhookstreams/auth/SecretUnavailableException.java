/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** A secret cannot be had. The message names the reference and the reason, never a byte of it. */
public class SecretUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(SecretRef ref, String reason) {
        super("secret " + ref + ": " + reason);
    }

    public SecretUnavailableException(SecretRef ref, String reason, Throwable cause) {
        super("secret " + ref + ": " + reason, cause);
    }
}
