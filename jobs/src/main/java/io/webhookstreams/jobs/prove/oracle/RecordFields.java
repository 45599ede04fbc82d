/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.vendor.Digest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where a line of the sink tells what the oracle needs; a line need have the event id only.
 *
 * @param payload the event's JSON as it was sent
 */
public record RecordFields(
        JsonPointer eventId, JsonPointer lane, JsonPointer sequence, JsonPointer payload) {

    /** As the job of this project writes them. */
    public static final RecordFields OF_THE_JOB =
            new RecordFields(
                    JsonPointer.compile("/event_id"),
                    JsonPointer.compile("/lane"),
                    JsonPointer.compile("/sequence"),
                    JsonPointer.compile("/payload"));

    /** The same with the event id elsewhere. */
    public RecordFields withEventId(JsonPointer other) {
        return new RecordFields(other, lane, sequence, payload);
    }

    /** The record that stands in a line. */
    public Emitted emitted(JsonNode line, Path file) {
        JsonNode body = line.at(payload);
        return new Emitted(
                line.at(eventId).asText(),
                line.at(lane).asInt(-1),
                line.at(sequence).asLong(),
                file,
                body.isMissingNode()
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8))));
    }
}
