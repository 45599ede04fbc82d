/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.time.Instant;

import javax.annotation.Nullable;

/**
 * What the vendor says of its event outside the event.
 *
 * @param id null only where the stream says that there is none
 * @param orderingKey deliveries with the same one go to the same lane; null: any lane
 * @param digest SHA-256 of the body; where it is the id, of the body as it was received
 * @param idFromDigest whether the id had to be made from the digest although it should stand in the
 *     body
 */
@SuppressWarnings("ArrayRecordComponent") // Envelopes are read once, never compared.
record Envelope(
        @Nullable String id,
        @Nullable String type,
        @Nullable Instant time,
        @Nullable String account,
        @Nullable String orderingKey,
        byte[] digest,
        boolean idFromDigest) {}
