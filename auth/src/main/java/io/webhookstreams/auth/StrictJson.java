/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;

/**
 * Reads signed values from a body, which must have one reading only: what proves its sender here
 * must be what is read downstream. One value in UTF-8 without a byte order mark (RFC 8259, 8.1), no
 * name twice in an object, nothing behind the value but blanks.
 */
public final class StrictJson {

    // Names come from senders without a secret: interning them would only cost.
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /**
     * The body as a tree; a missing node where it is empty.
     *
     * @throws IOException if it is anything else; its message quotes the body
     */
    public static JsonNode read(byte[] body) throws IOException {
        return JSON.readTree(body);
    }
}
