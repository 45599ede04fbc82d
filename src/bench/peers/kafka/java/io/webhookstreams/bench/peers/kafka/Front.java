/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.peers.kafka;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * The ceiling's Jetty with a producer behind it: 200 when all in-sync replicas have the body. Argument: the broker's address.
 * Nothing is verified or parsed.
 */
public final class Front {

    public static void main(String[] arguments) throws Exception {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", arguments[0],
                                "acks", "all",
                                "linger.ms", "5",
                                "batch.size", "262144",
                                "buffer.memory", "268435456",
                                "max.block.ms", "60000"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(100_000);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http), http2);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setHandler(new Produce(producer));
        server.start();
        System.out.println("listening http://127.0.0.1:" + connector.getLocalPort());
        System.out.flush();
        server.join();
    }

    private static final class Produce extends Handler.Abstract.NonBlocking {

        private final KafkaProducer<byte[], byte[]> producer;

        Produce(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Source.asByteBuffer(
                    request, Promise.from(body -> send(body, response, callback), callback::failed));
            return true;
        }

        private void send(ByteBuffer body, Response response, Callback callback) {
            producer.send(
                    new ProducerRecord<>(Broker.TOPIC, BufferUtil.toArray(body)),
                    (metadata, failure) -> {
                        if (failure != null) {
                            callback.failed(failure);
                            return;
                        }
                        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
                        response.write(true, ByteBuffer.allocate(0), callback);
                    });
        }
    }

    private Front() {}
}
