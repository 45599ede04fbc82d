/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which protocol an answer comes over, against a Jetty that speaks both in clear. */
class PosterTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Server server = new Server();

    @BeforeEach
    void start() throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector =
                new ServerConnector(
                        server,
                        new HttpConnectionFactory(http),
                        new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Ok());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void posts_go_over_http_2_when_asked_to() throws Exception {
        assertThat(post(HttpClient.Version.HTTP_2))
                .isEqualTo(new Answer.Accepted(200, HttpClient.Version.HTTP_2));
    }

    @Test
    void posts_go_over_http_1_1_when_asked_to() throws Exception {
        assertThat(post(HttpClient.Version.HTTP_1_1))
                .isEqualTo(new Answer.Accepted(200, HttpClient.Version.HTTP_1_1));
    }

    private Answer post(HttpClient.Version version) throws Exception {
        Poster poster = new Poster(version, SOON, Runnable::run);
        return poster.post(URI.create(server.getURI() + "in"), new byte[1_000], Map.of())
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static final class Ok extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Source.consumeAll(request, callback);
            return true;
        }
    }
}
