/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.AccessOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.address.Addresses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Whose address a request has, and whether that may post; connections are of 127.0.0.0/8. */
class ClientAddressTest extends ServerTestBase {

    private static final String PROXY = "127.0.0.1";
    private static final String INNER_PROXIES = "10.0.0.0/8";

    /** Sends no body before it is told to. */
    private static final String EXPECTING =
            """
            POST /in/orders HTTP/1.1\r
            Host: x\r
            Expect: 100-continue\r
            Content-Length: 1000\r
            \r
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "203.0.113.7:4711 | 203.0.113.7",
                "2001:db8::7 | 2001:db8::7",
                "[2001:DB8::7]:443 | 2001:db8::7",
                "::ffff:203.0.113.7 | 203.0.113.7",
                "192.0.2.66, 203.0.113.7 | 203.0.113.7",
                "203.0.113.7, 10.1.2.3 | 203.0.113.7",
                "192.0.2.66,203.0.113.7,10.1.2.3,::ffff:10.9.9.9 | 203.0.113.7",
                "10.5.5.5, 10.1.2.3 | 10.5.5.5",
                "192.0.2.66, unknown |",
                "192.0.2.66, | "
            })
    void of_x_forwarded_for_the_last_hop_counts_that_is_no_proxy(String header, String client)
            throws Exception {
        start(behind(ClientHeader.X_FORWARDED_FOR, PROXY, INNER_PROXIES));

        assertThat(recorded("X-Forwarded-For", header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=203.0.113.7;proto=https;by=10.0.0.1 | 203.0.113.7",
                "proto=http; FOR=\"203.0.113.7:4711\" | 203.0.113.7",
                "For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "for=192.0.2.66, for=203.0.113.7 | 203.0.113.7",
                "for=203.0.113.7, for=10.1.2.3;by=\"a,b;for=192.0.2.66\" | 203.0.113.7",
                "for=192.0.2.66, for=unknown |",
                "for=192.0.2.66, for=_hidden |",
                "for=192.0.2.66, proto=https |",
                "for=\"192.0.2.66, for=203.0.113.7 |",
                "for=192.0.2.66;x=\", for=203.0.113.7 |",
                "for=192.0.2.66;x=\"\\, for=203.0.113.7 |",
                "for=192.0.2.66;x=\", for=\"[2001:db8::7]\" |",
                "for=192.0.2.66;x=\"\\\"\", for=203.0.113.7 | 203.0.113.7"
            })
    void of_forwarded_the_last_hop_counts_that_is_no_proxy(String header, String client)
            throws Exception {
        start(behind(ClientHeader.FORWARDED, PROXY, INNER_PROXIES));

        assertThat(recorded("Forwarded", header)).isEqualTo(client);
    }

    @Test
    void several_lines_of_a_header_are_one_list() throws Exception {
        start(behind(ClientHeader.X_FORWARDED_FOR, PROXY, INNER_PROXIES));

        assertThat(
                        recorded(
                                "X-Forwarded-For",
                                "192.0.2.66",
                                "x-forwarded-for",
                                "203.0.113.7, 10.1.1.1"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void a_proxy_that_names_nobody_is_the_client_itself() throws Exception {
        start(behind(ClientHeader.X_FORWARDED_FOR, PROXY));

        assertThat(recorded()).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientHeader.class,
            names = {"FORWARDED", "X_FORWARDED_FOR"})
    void a_header_from_whom_nobody_trusts_is_not_believed(ClientHeader header) throws Exception {
        start(behind(header, "127.0.0.9"));

        assertThat(
                        recorded(
                                "X-Forwarded-For",
                                "203.0.113.7",
                                "Forwarded",
                                "for=203.0.113.7",
                                "X-Real-IP",
                                "203.0.113.7"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void only_the_header_that_is_chosen_is_believed() throws Exception {
        start(behind(ClientHeader.FORWARDED, PROXY));

        assertThat(recorded("X-Forwarded-For", "203.0.113.7", "Forwarded", "for=192.0.2.1"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void without_proxies_no_header_is_believed() throws Exception {
        start(accepting(options()));

        assertThat(recorded("X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void a_peer_of_ipv6_is_recorded_in_its_short_form() throws Exception {
        start(accepting(options()).listener(l -> l.set(ListenerOptions.ADDRESS, "::1")));

        assertThat(exchange(Addresses.parse("::1"), "POST", "X-Forwarded-For: 203.0.113.7\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("::1");
    }

    @Test
    void an_address_that_is_not_allowed_is_403_before_its_body_is_read() throws Exception {
        start(allowing("127.0.0.2", "192.0.2.0/24"));

        try (RawClient client = new RawClient(server().port())) {
            client.send(EXPECTING);

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 403")
                    .contains("\"code\":\"forbidden\"", "Connection: close")
                    .doesNotContain("127.0.0", "192.0.2", "100 Continue");
        }
        assertThat(counter("received")).isEqualTo(1);
        await(() -> counter("code", "forbidden", "answered") == 1);
        assertThat(server().intake.appended()).isEmpty();
    }

    @Test
    void a_valid_credential_does_not_help_from_an_address_that_is_not_allowed() throws Exception {
        start(allowing("127.0.0.2"));

        assertRefused(send(aDelivery()), 403, "forbidden");
        assertThat(exchange(Addresses.parse("127.0.0.2"), "POST", "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_handshake_is_answered_to_allowed_addresses_alone() throws Exception {
        TestServer.Options options =
                options().orders(s -> s.set(StreamOptions.AUTH_TYPE, "cloudevents"));
        start(options.orders(s -> s.set(AccessOptions.ALLOWED_ADDRESSES, List.of("127.0.0.2"))));
        String ask = "WebHook-Request-Origin: example.com\r\n";

        assertThat(exchange(Addresses.parse("127.0.0.2"), "OPTIONS", ask))
                .startsWith("HTTP/1.1 200");
        assertThat(exchange(Addresses.parse("127.0.0.3"), "OPTIONS", ask))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void an_address_list_sees_through_trusted_proxies_and_no_others() throws Exception {
        start(
                behind(ClientHeader.X_FORWARDED_FOR, PROXY)
                        .orders(
                                s ->
                                        s.set(
                                                AccessOptions.ALLOWED_ADDRESSES,
                                                List.of("203.0.113.0/24", "2001:db8::/32"))));
        String allowed = "X-Forwarded-For: 203.0.113.7\r\n";

        assertThat(send(aDelivery().header("X-Forwarded-For", "203.0.113.7")).statusCode())
                .isEqualTo(200);
        assertThat(send(aDelivery().header("X-Forwarded-For", "[2001:db8::9]:1")).statusCode())
                .isEqualTo(200);
        assertRefused(send(aDelivery()), 403, "forbidden");
        assertRefused(
                send(aDelivery().header("X-Forwarded-For", "203.0.113.7, 192.0.2.1")),
                403,
                "forbidden");
        assertRefused(send(aDelivery().header("X-Forwarded-For", "unknown")), 403, "forbidden");
        assertThat(exchange(Addresses.parse("127.0.0.2"), "POST", allowed))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1", "0.0.0.0/0"})
    void whoever_is_in_a_block_may_post(String block) throws Exception {
        start(allowing("192.0.2.0/24", block));

        HttpResponse<String> answer =
                send(aDelivery().POST(BodyPublishers.ofString("{\"id\":\"evt_2\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** What the record says of a delivery with these headers; null for an unknown address. */
    private String recorded(String... headers) throws Exception {
        var request = aDelivery();
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        assertThat(send(request).statusCode()).isEqualTo(200);
        return server().intake.awaitDelivery().remoteAddress();
    }

    private String exchange(InetAddress from, String method, String headers) throws Exception {
        try (RawClient client = new RawClient(server().port(), from)) {
            return client.send(
                            method
                                    + " /in/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + "Authorization: Bearer "
                                    + TestServer.TOKEN
                                    + "\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n"
                                    + headers
                                    + "\r\n{}")
                    .readAll();
        }
    }

    private TestServer.Options allowing(String... blocks) throws IOException {
        return accepting(options())
                .orders(s -> s.set(AccessOptions.ALLOWED_ADDRESSES, List.of(blocks)));
    }

    private TestServer.Options behind(ClientHeader header, String... proxies) throws IOException {
        return accepting(options())
                .listener(
                        l ->
                                l.set(PeerOptions.CLIENT_HEADER, header)
                                        .set(PeerOptions.TRUSTED_PROXIES, List.of(proxies)));
    }

    private static TestServer.Options accepting(TestServer.Options options) {
        return options.orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT));
    }

    private long counter(String... below) {
        String[] name = new String[below.length + 2];
        name[0] = "stream";
        name[1] = "orders";
        System.arraycopy(below, 0, name, 2, below.length);
        return server().metrics.getCounter(name).orElseThrow().getCount();
    }
}
