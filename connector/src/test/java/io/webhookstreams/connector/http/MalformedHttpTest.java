/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** What is no HTTP is refused in the words of everything else, and says nothing of the server. */
class MalformedHttpTest extends ServerTestBase {

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("no version", "POST /in/orders\r\n\r\n", "400"),
                Arguments.of("garbage", "\u0001\u0002\u0003\r\n\r\n", "400"),
                Arguments.of(
                        "another version", "POST /in/orders HTTP/2.0\r\nHost: x\r\n\r\n", "400"),
                Arguments.of("no host", "POST /in/orders HTTP/1.1\r\n\r\n", "400"),
                Arguments.of("two lengths", post("Content-Length: 1", "Content-Length: 2"), "400"),
                Arguments.of("length that is no number", post("Content-Length: abc"), "400"),
                Arguments.of(
                        "chunked and a length",
                        post("Content-Length: 3", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                        "400"),
                Arguments.of(
                        "path with an escaped slash",
                        post("Connection: close", "Content-Length: 0").replace("in/", "in%2f"),
                        "400"),
                Arguments.of("header beyond the cap", post("X-Long: " + "a".repeat(20_000)), "431"),
                Arguments.of(
                        "target beyond the cap",
                        "POST /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        "414"));
    }

    private static String post(String... headers) {
        return "POST /in/orders HTTP/1.1\r\nHost: x\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void it_is_answered_as_a_problem(String name, String request, String status) throws Exception {
        start();
        try (RawClient client = new RawClient(server().port())) {
            String answer = client.send(request).readAll();

            assertThat(answer).as(name).startsWith("HTTP/1.1 " + status);
            assertThat(answer)
                    .contains("application/problem+json", "\"code\":", "delivery_id")
                    .doesNotContain("Jetty", "jetty", "Server:", "Exception", "\tat ");
        }
    }

    @Test
    void a_chunk_that_is_no_chunk_is_400() throws Exception {
        start();
        try (RawClient client = new RawClient(server().port())) {
            String answer =
                    client.send(
                                    post(
                                                    "Authorization: Bearer " + TestServer.TOKEN,
                                                    "Transfer-Encoding: chunked")
                                            + "zz\r\n")
                            .readAll();

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "bad_request");
        }
    }

    @Test
    void a_body_that_ends_early_leaves_nothing_behind() throws Exception {
        start();
        try (RawClient client = new RawClient(server().port())) {
            client.send(
                    post("Authorization: Bearer " + TestServer.TOKEN, "Content-Length: 100") + "{");
            client.abort();
        }
        assertThat(server().intake.appended()).isEmpty();
    }
}
