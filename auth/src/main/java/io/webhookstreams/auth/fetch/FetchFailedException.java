/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

/** A document cannot be had. The message holds nothing that the other side has sent. */
public sealed class FetchFailedException extends Exception permits FetchNotTriedException {

    private static final long serialVersionUID = 1L;

    public FetchFailedException(String reason) {
        super(reason);
    }
}
