/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A request that is about to be sent. Immutable but for the bytes of its body, which nobody may
 * change.
 *
 * @param method for example {@code POST}
 * @param path still encoded
 * @param query without its question mark; null for none
 * @param headers one value each, names without regard to case
 * @param body not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
public record Outgoing(
        String method, String path, String query, Map<String, String> headers, byte[] body) {

    public Outgoing {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }

    /** A {@code POST} of these bytes to a path. */
    public static Outgoing post(String path, byte[] body) {
        return new Outgoing("POST", path, null, Map.of(), body);
    }

    /** The same with one more header, in place of one of that name. */
    public Outgoing header(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Outgoing(method, path, query, more, body);
    }

    /** The same with another query; null for none. */
    public Outgoing query(String other) {
        return new Outgoing(method, path, other, headers, body);
    }

    /** The same with another body. */
    public Outgoing body(byte[] other) {
        return new Outgoing(method, path, query, headers, other);
    }

    /** The path, with the query where there is one. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    boolean isForm() {
        String contentType = headers.get("content-type");
        return contentType != null && FormFields.isMediaType(List.of(contentType));
    }
}
