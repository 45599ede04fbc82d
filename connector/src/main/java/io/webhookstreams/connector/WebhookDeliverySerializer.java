/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Arrays;

/**
 * Writes a delivery as the length and the bytes of its {@link WebhookDeliveryWire wire form}, which
 * carries its own version: a newer serializer reads what an older one wrote, record by record, and
 * refuses a version that it does not know.
 */
@Internal
public final class WebhookDeliverySerializer extends TypeSerializer<WebhookDelivery> {

    private static final long serialVersionUID = 1L;

    public static final WebhookDeliverySerializer INSTANCE = new WebhookDeliverySerializer();

    /** What is allocated on the word of a length alone, in bytes; damage can say any. */
    private static final int PIECE = 1 << 20;

    private static final WebhookDelivery EMPTY = WebhookDelivery.builder().build();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Itself: it has no state. */
    @Override
    public TypeSerializer<WebhookDelivery> duplicate() {
        return this;
    }

    @Override
    public WebhookDelivery createInstance() {
        return EMPTY;
    }

    @Override
    public WebhookDelivery copy(WebhookDelivery from) {
        return from;
    }

    @Override
    public WebhookDelivery copy(WebhookDelivery from, WebhookDelivery reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(WebhookDelivery delivery, DataOutputView target) throws IOException {
        byte[] wire = delivery.wire();
        target.writeInt(wire.length);
        target.write(wire);
    }

    @Override
    public WebhookDelivery deserialize(DataInputView source) throws IOException {
        return WebhookDeliveryWire.read(readWire(source));
    }

    @Override
    public WebhookDelivery deserialize(WebhookDelivery reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = readLength(source);
        target.writeInt(length);
        byte[] piece = new byte[Math.min(length, PIECE)];
        for (int left = length; left > 0; left -= piece.length) {
            int size = Math.min(left, piece.length);
            source.readFully(piece, 0, size);
            target.write(piece, 0, size);
        }
    }

    private static byte[] readWire(DataInputView source) throws IOException {
        int length = readLength(source);
        byte[] wire = new byte[Math.min(length, PIECE)];
        source.readFully(wire);
        while (wire.length < length) {
            int read = wire.length;
            wire = Arrays.copyOf(wire, (int) Math.min(length, 2L * read));
            source.readFully(wire, read, wire.length - read);
        }
        return wire;
    }

    private static int readLength(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            throw new IOException("delivery: %d bytes (expected: 0 or more)".formatted(length));
        }
        return length;
    }

    @Override
    public TypeSerializerSnapshot<WebhookDelivery> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookDeliverySerializer;
    }

    @Override
    public int hashCode() {
        return WebhookDeliverySerializer.class.hashCode();
    }

    /** Nothing but a version: there is nothing to configure. */
    public static final class Snapshot implements TypeSerializerSnapshot<WebhookDelivery> {

        private static final int VERSION = 1;

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {}

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
                throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "delivery serializer: version %d (expected: %d)"
                                .formatted(version, VERSION));
            }
        }

        @Override
        public TypeSerializer<WebhookDelivery> restoreSerializer() {
            return INSTANCE;
        }

        @Override
        public TypeSerializerSchemaCompatibility<WebhookDelivery> resolveSchemaCompatibility(
                TypeSerializerSnapshot<WebhookDelivery> old) {
            return old instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
