/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

import java.nio.ByteBuffer;

/** The ceiling: the same Jetty, the body read, 200 at once, no Flink behind it. */
final class CeilingServer {

    public static void main(String[] arguments) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(100_000);
        Server server = new Server();
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(http), http2);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setHandler(new AnswerAtOnce());
        server.start();
        Ready.announce("http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }

    private static final class AnswerAtOnce extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Source.asByteBuffer(
                    request, Promise.from(body -> answer(response, callback), callback::failed));
            return true;
        }

        private static void answer(Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }

    private CeilingServer() {}
}
