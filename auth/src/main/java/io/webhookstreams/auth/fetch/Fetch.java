/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Fetches documents in the background. Safe from any thread. */
@FunctionalInterface
public interface Fetch {

    /**
     * Starts a fetch and returns at once. The future completes with the body of a 200, on a thread
     * of the fetcher or the caller's; otherwise with a {@link FetchFailedException}. Never throws,
     * never null.
     */
    CompletableFuture<byte[]> get(URI url);
}
