/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Short JSON replies of the health and admin ports. */
final class Replies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Replies() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static void send(Response response, Callback callback, int status, ObjectNode body) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(Fields.NO_SNIFF);
        headers.put(Fields.JSON);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        response.setStatus(status);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
