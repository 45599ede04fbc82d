/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.address.Addresses;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class ConnectionsPerAddressTest extends ServerTestBase {

    private static final String OK = "HTTP/1.1 200";

    @Test
    void one_address_has_so_many_connections_and_others_have_theirs() throws Exception {
        start(atMost(2));
        try (RawClient first = served("127.0.0.1")) {
            RawClient second = served("127.0.0.1");
            assertThat(turnedAway("127.0.0.1")).isEmpty();
            assertThat(turnedAway("127.0.0.1")).isEmpty();
            assertThat(server().parts().metrics.refusedConnectionsSoFar()).isEqualTo(2);
            assertThat(gauge()).isEqualTo(2);
            served("127.0.0.2").close();

            second.close();

            await(() -> isServed("127.0.0.1"));
            assertThat(deliver(first)).isEqualTo(OK);
        }
    }

    @Test
    void connections_that_were_turned_away_are_not_counted_as_open() throws Exception {
        start(atMost(1));
        try (RawClient only = served("127.0.0.1")) {
            for (int i = 0; i < 50; i++) {
                assertThat(turnedAway("127.0.0.1")).isEmpty();
            }
            assertThat(deliver(only)).isEqualTo(OK);
        }

        await(() -> isServed("127.0.0.1"));
    }

    @Test
    void trusted_proxies_are_not_counted() throws Exception {
        start(
                atMost(1)
                        .listener(
                                l ->
                                        l.set(
                                                        PeerOptions.CLIENT_HEADER,
                                                        PeerOptions.ClientHeader.FORWARDED)
                                                .set(
                                                        PeerOptions.TRUSTED_PROXIES,
                                                        List.of("127.0.0.7"))));
        try (RawClient first = served("127.0.0.7");
                RawClient second = served("127.0.0.7");
                RawClient other = served("127.0.0.1")) {
            assertThat(deliver(first)).isEqualTo(OK);
            assertThat(deliver(second)).isEqualTo(OK);
            assertThat(deliver(other)).isEqualTo(OK);
            assertThat(turnedAway("127.0.0.1")).isEmpty();
        }
    }

    private TestServer.Options atMost(int connections) throws IOException {
        return options()
                .orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT))
                .listener(l -> l.set(PeerOptions.MAX_CONNECTIONS_PER_ADDRESS, connections));
    }

    /** A connection that has had an answer, and stays open. */
    private RawClient served(String from) throws IOException {
        RawClient client = new RawClient(server().port(), Addresses.parse(from));
        assertThat(deliver(client)).isEqualTo(OK);
        return client;
    }

    private boolean isServed(String from) throws IOException {
        try (RawClient client = new RawClient(server().port(), Addresses.parse(from))) {
            return deliver(client).equals(OK);
        } catch (IOException e) {
            // Closed while it was sending.
            return false;
        }
    }

    /** What it hears: nothing, up to the end of the connection. */
    private String turnedAway(String from) throws IOException {
        try (RawClient client = new RawClient(server().port(), Addresses.parse(from))) {
            return client.readAll();
        }
    }

    /** The start of the answer, whose rest is read too. */
    private static String deliver(RawClient client) throws IOException {
        client.send(
                "POST /in/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + TestServer.TOKEN
                        + "\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n\r\n{}");
        String start = client.read(OK.length());
        StringBuilder rest = new StringBuilder();
        while (start.length() == OK.length() && rest.indexOf("\r\n\r\n") < 0) {
            String more = client.read(1);
            if (more.isEmpty()) {
                break;
            }
            rest.append(more);
        }
        return start;
    }

    private long gauge() {
        return server().metrics.<Long>getGauge("refusedConnections").orElseThrow().getValue();
    }
}
