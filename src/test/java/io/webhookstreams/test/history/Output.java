/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.jobs.prove.oracle.CountsOracle;
import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.vendor.Digest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What the job wrote, read once line by line: a long history's events do not fit into memory as
 * JSON.
 */
final class Output {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Oracle oracle;
    private final Copies copies;
    private final CountsOracle counts;

    private Output(Oracle oracle, Copies copies, CountsOracle counts) {
        this.oracle = oracle;
        this.copies = copies;
        this.counts = counts;
    }

    /**
     * Gives the oracle each event in the finished files below a folder; of one that is not
     * deduplicated the first record, and all of its records go to the judge of copies. Every record
     * goes to the judge of counts.
     */
    static void judge(Path events, Oracle oracle, Copies copies, CountsOracle counts)
            throws IOException {
        Output output = new Output(oracle, copies, counts);
        for (Path file : new SinkFiles(events).finished()) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.add(JSON.readTree(line), file);
                }
            }
        }
    }

    private void add(JsonNode record, Path file) {
        String stream = record.required("stream").asText();
        Emitted emitted = emitted(record, file);
        if (!stream.equals(Traffic.NOT_DEDUPLICATED)
                || copies.add(emitted.eventId(), copy(emitted, record))) {
            oracle.add(emitted);
        }
        counts.event(record);
    }

    private static Emitted emitted(JsonNode record, Path file) {
        byte[] payload = record.required("payload").toString().getBytes(StandardCharsets.UTF_8);
        return new Emitted(
                record.required("event_id").asText(),
                record.required("lane").asInt(),
                record.required("sequence").asLong(),
                file,
                OptionalLong.of(Digest.of(payload)));
    }

    private static Copies.Copy copy(Emitted emitted, JsonNode record) {
        Instant receivedAt = Instant.parse(record.required("received_at").asText());
        return new Copies.Copy(emitted.lane(), emitted.sequence(), receivedAt);
    }
}
