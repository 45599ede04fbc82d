/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

/** Too many fetches wait: nobody was asked, and asking again soon may help. */
final class FetchNotTriedException extends FetchFailedException {

    private static final long serialVersionUID = 1L;

    FetchNotTriedException(String reason) {
        super(reason);
    }
}
