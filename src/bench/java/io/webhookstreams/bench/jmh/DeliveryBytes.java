/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;

/** Making the bytes of a delivery and reading them, beside one copy of these bytes. */
@State(Scope.Thread)
public class DeliveryBytes {

    private final byte[] body = Pieces.body();
    private final byte[] digest = new byte[32];
    private final byte[] wire = WebhookDeliveryWire.bytesOf(Pieces.delivery(body, digest).build());

    @Benchmark
    public byte[] bare() {
        return wire.clone();
    }

    /** What a request pays for: from the values to bytes that a lane can take. */
    @Benchmark
    public byte[] write() {
        return WebhookDeliveryWire.copyOf(Pieces.delivery(body, digest).build());
    }

    /** What an emitted record pays for. */
    @Benchmark
    public WebhookDelivery read() throws IOException {
        return WebhookDeliveryWire.read(wire);
    }
}
