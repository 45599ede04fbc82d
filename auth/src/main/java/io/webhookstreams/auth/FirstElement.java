/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.webhookstreams.auth.Denied.Cause;

import java.io.IOException;
import java.util.Arrays;

/** Cuts the first element out of a JSON array, byte for byte. */
final class FirstElement {

    private static final JsonFactory JSON = new JsonFactory();

    private FirstElement() {}

    /** The bytes from the brace that opens the first object to the one that closes it. */
    static byte[] of(byte[] body) throws RefusedException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_ARRAY
                    && parser.nextToken() == JsonToken.START_OBJECT) {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                long end = parser.currentLocation().getByteOffset();
                // Unknown, and so negative, where the text is not UTF-8.
                if (start > 0 && end > start) {
                    return Arrays.copyOfRange(body, (int) start, (int) end);
                }
            }
        } catch (IOException e) {
            // Jackson's message quotes the body: the same answer as for any other body.
        }
        throw new RefusedException(
                Cause.MISSING_CONTENT,
                "body: " + body.length + " bytes (expected: a JSON array of objects)");
    }
}
