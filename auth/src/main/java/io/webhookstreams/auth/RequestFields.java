/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.auth.Denied.Cause;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads single values of one request, strictly: a field is there exactly once and is plain text, or
 * the request is refused. One per verification, on its thread. Parses the body only when a scheme
 * points into it, and once.
 */
final class RequestFields {

    /** More than any vendor's signature header takes; the work per request stays bounded. */
    static final int MAX_HEADER = 4096;

    private final AuthRequest request;
    private JsonNode root;
    private FormFields query;
    private FormFields form;

    RequestFields(AuthRequest request) {
        this.request = request;
    }

    AuthRequest request() {
        return request;
    }

    /** The one value of a header; {@code absent} is the cause where there is none. */
    String header(String name, Cause absent) throws RefusedException {
        return only(name, request.headers(name), absent);
    }

    /** The one value of a query parameter, decoded. */
    String query(String name, Cause absent) throws RefusedException {
        return only("query:" + name, query().values(name), absent);
    }

    /** The one value of a field of a form body, decoded. */
    String form(String name, Cause absent) throws RefusedException {
        return only("form:" + name, form().values(name), absent);
    }

    /** The scalar at a pointer into the body; {@code absent} is the cause where there is none. */
    String json(JsonPointer pointer, Cause absent) throws RefusedException {
        JsonNode node = json().at(pointer);
        if (!isScalar(node)) {
            throw new RefusedException(
                    absent, "json:" + pointer + ": absent (expected: text, number or boolean)");
        }
        return node.asText();
    }

    /** The body as JSON. */
    JsonNode json() throws RefusedException {
        if (root == null) {
            try {
                root = StrictJson.read(request.body());
            } catch (IOException e) {
                // Jackson's message quotes the body.
                throw notJson();
            }
            if (root == null) {
                throw notJson();
            }
        }
        return root;
    }

    FormFields query() throws RefusedException {
        if (query == null) {
            String text = request.query();
            query = FormFields.parse("query", text == null ? "" : text);
        }
        return query;
    }

    /** The body as a form, which its content type must say that it is. */
    FormFields form() throws RefusedException {
        if (form == null) {
            if (!FormFields.isMediaType(request.headers("content-type"))) {
                throw new RefusedException(
                        Cause.MISSING_CONTENT,
                        "content-type: another (expected: " + FormFields.MEDIA_TYPE + ")");
            }
            String text = new String(request.body(), StandardCharsets.ISO_8859_1);
            form = FormFields.parse("body", text);
        }
        return form;
    }

    static boolean isScalar(JsonNode node) {
        return node.isTextual() || node.isIntegralNumber() || node.isBoolean();
    }

    private RefusedException notJson() {
        return new RefusedException(
                Cause.MISSING_CONTENT,
                "body: " + request.body().length + " bytes (expected: JSON)");
    }

    private static String only(String name, List<String> values, Cause absent)
            throws RefusedException {
        if (values.size() > 1) {
            throw new RefusedException(
                    Cause.DUPLICATE_CREDENTIAL, name + ": " + values.size() + " (expected: 1)");
        }
        if (values.isEmpty() || values.get(0).isEmpty()) {
            throw new RefusedException(absent, name + ": absent (expected: 1)");
        }
        return plainText(name, values.get(0));
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
