/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.List;

/** A request that is being made, as its verifier will see it. */
record OutgoingView(Outgoing draft, Instant receivedAt) implements AuthRequest {

    @Override
    public String method() {
        return draft.method();
    }

    @Override
    public String path() {
        return draft.path();
    }

    @Override
    public String query() {
        return draft.query();
    }

    @Override
    public List<String> headers(String name) {
        String value = draft.headers().get(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public byte[] body() {
        return draft.body();
    }
}
