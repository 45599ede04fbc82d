/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.fuzz.Conversation;
import io.webhookstreams.fuzz.Fuzz;
import io.webhookstreams.fuzz.Http1;
import io.webhookstreams.fuzz.Http2;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whatever bytes arrive: a status that senders know, or a connection that is closed; and, as after
 * every test here, nothing open, nothing held and nothing in the log, but for what Jetty itself
 * says of a bad Host.
 */
class HttpFuzzTest extends ServerTestBase {

    private static final int INPUTS = 1_500;
    private static final Pattern OF_A_BAD_HOST =
            Pattern.compile(
                    "WARN org\\.eclipse\\.jetty\\.(http\\.HttpParser|util\\.HostPort): .*",
                    Pattern.DOTALL);

    private final Set<Integer> seen = new TreeSet<>();

    @Test
    void any_bytes_over_http_1() throws Exception {
        CapturedLog log = expectWarnings();
        start(answeringAtOnce());
        Http1 grammar = new Http1(TestServer.ORDERS, TestServer.TOKEN);
        Conversation conversation = new Conversation(server().port());
        Fuzz.inputs(INPUTS, random -> seen.addAll(conversation.hold(grammar.requests(random))));

        assertThat(seen).contains(200, 400, 401);
        assertOnlyOfABadHost(log);
    }

    @Test
    void any_frames_over_http_2() throws Exception {
        CapturedLog log = expectWarnings();
        start(answeringAtOnce());
        Http2 grammar = new Http2(TestServer.ORDERS, TestServer.TOKEN);
        Conversation conversation = new Conversation(server().port());
        Fuzz.inputs(INPUTS, random -> seen.addAll(conversation.hold(grammar.connection(random))));

        assertThat(seen).contains(401);
        assertOnlyOfABadHost(log);
    }

    private static void assertOnlyOfABadHost(CapturedLog log) {
        assertThat(log.lines()).allMatch(line -> OF_A_BAD_HOST.matcher(line).matches());
    }

    /**
     * Jetty resets an HTTP/2 stream whose body is not as long as declared and tells the handler
     * nothing, so that such a request ends with its body's time.
     */
    private TestServer.Options answeringAtOnce() throws Exception {
        return options()
                .orders(
                        o ->
                                o.set(StreamOptions.TIER, Tier.ACCEPT)
                                        .set(StreamOptions.BODY_TIMEOUT, Duration.ofSeconds(1))
                                        .set(StreamOptions.EVENT_ID, "json:/id"));
    }
}
