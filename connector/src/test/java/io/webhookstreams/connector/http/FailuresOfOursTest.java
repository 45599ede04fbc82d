/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * What the path does not expect: its sender is asked to come again, and what it had is given back,
 * which the base class looks at.
 */
class FailuresOfOursTest extends ServerTestBase {

    private static final String HEAD =
            "POST /in/orders HTTP/1.1\r\nHost: x\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n"
                    + "Authorization: Bearer "
                    + TestServer.TOKEN
                    + "\r\n\r\n";

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("planted"), new StackOverflowError("planted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void on_the_thread_that_parsed_the_request(Throwable failure) throws Exception {
        TestServer server = startBroken(failure);
        assertRefused(send(aDelivery()), 503, "overloaded");
        assertThatNothingIsHeld(server);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void on_the_thread_that_read_the_rest_of_the_body(Throwable failure) throws Exception {
        TestServer server = startBroken(failure);
        try (RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "{");
            await(() -> server.parts().admission.unverified().size() == 1);
            client.send("}");
            assertThat(client.read("HTTP/1.1 503".length())).isEqualTo("HTTP/1.1 503");
        }
        assertThatNothingIsHeld(server);
    }

    private TestServer startBroken(Throwable failure) throws Exception {
        List<String> unused = expectWarnings().lines();
        TestServer server = start();
        server.intake.isBroken(failure);
        return server;
    }

    private static void assertThatNothingIsHeld(TestServer server) throws Exception {
        await(() -> server.parts().open.now() == 0);
        assertThat(server.parts().admission.held().used()).isZero();
        assertThat(
                        server.metrics
                                .<Long>getGauge("stream", "orders", "heldRequests")
                                .orElseThrow()
                                .getValue())
                .isZero();
    }
}
