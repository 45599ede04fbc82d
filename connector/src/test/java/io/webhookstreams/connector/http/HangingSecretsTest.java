/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Secret;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Secrets on a mount that hangs: whatever the server does on time, it goes on doing. */
class HangingSecretsTest extends ServerTestBase {

    private final Hanging secrets = new Hanging();

    @AfterEach
    void theMountComesBack() {
        secrets.back.countDown();
    }

    @Test
    void slow_bodies_are_cut_all_the_same() throws Exception {
        TestServer server =
                startHanging(
                        options()
                                .orders(
                                        s ->
                                                s.set(
                                                        StreamOptions.BODY_TIMEOUT,
                                                        Duration.ofMillis(100))));
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /in/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + TestServer.TOKEN
                            + "\r\nContent-Length: 2\r\n\r\n{");
            assertThat(client.read("HTTP/1.1 408".length())).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void reads_that_are_put_off_go_on_all_the_same() throws Exception {
        TestServer server =
                startHanging(
                        options()
                                .orders(s -> s.set(PolicyOptions.MAX_WAIT, Duration.ofMillis(50))));
        server.intake.isOverHighWater(true);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    private TestServer startHanging(TestServer.Options options) throws Exception {
        TestServer server =
                start(
                        options.secrets(
                                real -> {
                                    secrets.real = real;
                                    return secrets;
                                }));
        secrets.hangs = true;
        assertThat(secrets.hanging.await(20, TimeUnit.SECONDS)).as("somebody hangs").isTrue();
        return server;
    }

    /** Reads secrets until it {@code hangs}, and then no more until the mount is {@code back}. */
    private static final class Hanging implements SecretResolver {
        private final CountDownLatch hanging = new CountDownLatch(1);
        private final CountDownLatch back = new CountDownLatch(1);
        private SecretResolver real;
        private volatile boolean hangs;

        @Override
        public Secret resolve(SecretRef ref) throws SecretUnavailableException {
            if (hangs) {
                hanging.countDown();
                try {
                    back.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return real.resolve(ref);
        }
    }
}
