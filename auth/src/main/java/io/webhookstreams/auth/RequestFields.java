/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.webhookstreams.auth.Denied.Cause;

import java.io.IOException;
import java.util.List;

/**
 * Reads single values of one request, strictly: a field is there exactly once and is plain text, or
 * the request is refused. One per verification, on its thread. Parses the body only when a scheme
 * points into it, and once.
 */
final class RequestFields {

    /** More than any vendor's signature header takes; the work per request stays bounded. */
    static final int MAX_HEADER = 4096;

    // A body with a repeated key could show one value here and another downstream.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private final AuthRequest request;
    private JsonNode root;

    RequestFields(AuthRequest request) {
        this.request = request;
    }

    AuthRequest request() {
        return request;
    }

    /** The one value of a header; {@code absent} is the cause where there is none. */
    String header(String name, Cause absent) throws RefusedException {
        List<String> values = request.headers(name);
        if (values.size() > 1) {
            throw new RefusedException(
                    Cause.DUPLICATE_CREDENTIAL, name + ": " + values.size() + " (expected: 1)");
        }
        if (values.isEmpty() || values.get(0).isEmpty()) {
            throw new RefusedException(absent, name + ": absent (expected: 1)");
        }
        return plainText(name, values.get(0));
    }

    /** The scalar at a pointer into the body; {@code absent} is the cause where there is none. */
    String json(JsonPointer pointer, Cause absent) throws RefusedException {
        JsonNode node = root().at(pointer);
        if (!node.isTextual() && !node.isIntegralNumber() && !node.isBoolean()) {
            throw new RefusedException(
                    absent, "json:" + pointer + ": absent (expected: text, number or boolean)");
        }
        return node.asText();
    }

    private JsonNode root() throws RefusedException {
        if (root == null) {
            try {
                root = JSON.readTree(request.body());
            } catch (IOException e) {
                // Jackson's message quotes the body.
                throw new RefusedException(
                        Cause.MISSING_CONTENT,
                        "body: " + request.body().length + " bytes (expected: JSON)");
            }
        }
        return root;
    }

    private static String plainText(String name, String value) throws RefusedException {
        if (value.length() > MAX_HEADER || !SafeText.isPrintable(value)) {
            throw new RefusedException(
                    Cause.MALFORMED_CREDENTIAL,
                    name
                            + ": "
                            + value.length()
                            + " characters (expected: at most "
                            + MAX_HEADER
                            + ", printable ASCII)");
        }
        return value;
    }
}
