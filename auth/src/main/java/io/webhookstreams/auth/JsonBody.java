/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;

/** Writes values into the JSON of a request that is about to be sent. */
final class JsonBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBody() {}

    /** The body with that value at the pointer, in each element where it has a {@code *}. */
    static byte[] put(byte[] body, String pointer, String value) {
        JsonNode root = read(body);
        put(root, JsonPointer.compile(pointer), value, pointer);
        return write(root);
    }

    /** The body with that value at those pointers that lead nowhere. */
    static byte[] fillAbsent(byte[] body, List<String> pointers, String value) {
        JsonNode root = read(body);
        for (String pointer : pointers) {
            if (root.at(pointer).isMissingNode()) {
                put(root, JsonPointer.compile(pointer), value, pointer);
            }
        }
        return write(root);
    }

    private static void put(JsonNode node, JsonPointer rest, String value, String whole) {
        String name = rest.getMatchingProperty();
        boolean last = rest.tail().matches();
        if (node instanceof ObjectNode object && last) {
            object.put(name, value);
        } else if (node instanceof ObjectNode object) {
            JsonNode child = object.get(name);
            put(child == null ? object.putObject(name) : child, rest.tail(), value, whole);
        } else if (node instanceof ArrayNode array && !last && name.equals("*")) {
            array.forEach(element -> put(element, rest.tail(), value, whole));
        } else if (node instanceof ArrayNode array && !last && array.has(index(rest))) {
            put(array.get(index(rest)), rest.tail(), value, whole);
        } else {
            throw new IllegalArgumentException(
                    "body: no place for json:" + whole + " (expected: the vendor's own form)");
        }
    }

    private static int index(JsonPointer rest) {
        return rest.getMatchingIndex();
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "body: " + body.length + " bytes (expected: JSON, which this type signs in)",
                    e);
        }
    }

    private static byte[] write(JsonNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new IllegalStateException("json: not written", e);
        }
    }
}
