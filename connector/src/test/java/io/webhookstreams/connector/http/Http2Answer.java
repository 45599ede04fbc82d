/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One answer of HTTP/2.
 *
 * @param headers names in lower case
 * @param connection on which it came
 */
record Http2Answer(int status, Map<String, String> headers, String body, Connection connection) {

    /** Is there when the answer has ended, whatever becomes of the request's own body. */
    static final class Reading implements Response.Listener {
        private final CompletableFuture<Http2Answer> answer;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Reading(CompletableFuture<Http2Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void onContent(Response response, ByteBuffer content) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            body.writeBytes(bytes);
        }

        @Override
        public void onSuccess(Response response) {
            Map<String, String> headers = new TreeMap<>();
            for (HttpField field : response.getHeaders()) {
                headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
            }
            answer.complete(
                    new Http2Answer(
                            response.getStatus(),
                            headers,
                            body.toString(StandardCharsets.UTF_8),
                            response.getRequest().getConnection()));
        }

        @Override
        public void onComplete(Result result) {
            if (result.isFailed()) {
                // Changes nothing where there is an answer.
                answer.completeExceptionally(result.getFailure());
            }
        }
    }
}
