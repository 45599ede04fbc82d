/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

/**
 * The delivery whose turn it is. It stays at the head of its lane, and so in every checkpoint,
 * until {@link Lanes#finish} says that its last record was emitted. Task thread.
 */
public final class Head {

    private final Lane lane;
    private final byte[] wire;
    private int emitted;

    Head(Lane lane, byte[] wire, int emitted) {
        this.lane = lane;
        this.wire = wire;
        this.emitted = emitted;
    }

    public byte[] wire() {
        return wire;
    }

    /** Records of this delivery that were emitted, before a restore too. */
    public int emitted() {
        return emitted;
    }

    /** One more was emitted: a checkpoint from now on says so. */
    public void emittedOne() {
        emitted++;
        lane.emittedOfHead(emitted);
    }

    Lane lane() {
        return lane;
    }
}
