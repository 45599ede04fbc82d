/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which events are in a sample: by a hash of stream and event id and by nothing else, so the same
 * event is in it or not on every subtask, at every attempt and at every retry. Any thread.
 */
final class Sampling {

    private static final double RANGE = 0x1p53;

    private Sampling() {}

    /**
     * Whether an event belongs to a sample of this rate. What is in a sample is in every larger one
     * too.
     *
     * @param rate 0 to 1
     */
    static boolean keeps(String stream, byte[] eventId, double rate) {
        return position(stream, eventId) < rate;
    }

    /** 0 to 1, evenly over all events: the first 53 bits of SHA-256 over name, zero and id. */
    private static double position(String stream, byte[] eventId) {
        MessageDigest sha256 = sha256();
        sha256.update(stream.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        return (ByteBuffer.wrap(sha256.digest(eventId)).getLong() >>> 11) / RANGE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
