/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.bench.jmh.Pieces;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The values at pointers into 1 KB, beside Jackson's streaming parser over the same bytes. {@code
 * first}: what most vendors send; {@code last}: nothing can be left unread.
 */
@State(Scope.Thread)
public class EnvelopeReading {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] body = Pieces.body();
    private final byte[] reversed =
            ("{\"data\":\"" + "x".repeat(1000) + "\",\"id\":\"evt_1\"}")
                    .getBytes(StandardCharsets.UTF_8);
    private final JsonPointer[] id = {JsonPointer.compile("/id")};

    @Benchmark
    public int bare() throws IOException {
        int tokens = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public String first() {
        return JsonValues.read(body, id).get(0);
    }

    @Benchmark
    public String last() {
        return JsonValues.read(reversed, id).get(0);
    }
}
