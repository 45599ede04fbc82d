/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.fetch.Fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches that a test answers when it wants to. */
final class TestFetch implements Fetch {

    private final Map<URI, CompletableFuture<byte[]>> open = new LinkedHashMap<>();
    private final List<URI> started = new ArrayList<>();

    @Override
    public CompletableFuture<byte[]> get(URI url) {
        started.add(url);
        CompletableFuture<byte[]> future = new CompletableFuture<>();
        open.put(url, future);
        return future;
    }

    List<URI> started() {
        return started;
    }

    void answer(byte[] document) {
        URI url = open.keySet().iterator().next();
        open.remove(url).complete(document);
    }

    void fail() {
        URI url = open.keySet().iterator().next();
        open.remove(url).completeExceptionally(new IllegalStateException("down"));
    }
}
