/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.address.Addresses;

import org.eclipse.jetty.client.ProxyProtocolClientConnectionFactory.V1;
import org.eclipse.jetty.client.ProxyProtocolClientConnectionFactory.V2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The PROXY protocol of HAProxy, written as its specification shows it. */
class ProxyProtocolTest extends ServerTestBase {

    private static final String DELIVERY =
            "POST /in/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                    + TestServer.TOKEN
                    + "\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n\r\n{}";

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int PROXY = 0x21;
    private static final int LOCAL = 0x20;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.7 127.0.0.1 4711 443, 203.0.113.7",
        "PROXY TCP6 2001:db8::7 ::1 4711 443, 2001:db8::7",
        "PROXY TCP6 ::ffff:203.0.113.7 ::ffff:127.0.0.1 4711 443, 203.0.113.7",
        "PROXY UNKNOWN, 127.0.0.1"
    })
    void version_1_tells_the_client(String line, String client) throws Exception {
        start(behindProxy());

        assertThat(exchange((line + "\r\n" + DELIVERY).getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 200");
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 127.0.0.1, 203.0.113.7",
        "2001:db8::7, ::1, 2001:db8::7",
    })
    void version_2_tells_the_client(String from, String to, String client) throws Exception {
        start(behindProxy());
        int family = from.contains(":") ? TCP6 : TCP4;
        byte[] addresses = addresses(from, to);

        assertThat(exchange(with(version2(PROXY, family, addresses), DELIVERY)))
                .startsWith("HTTP/1.1 200");
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo(client);
    }

    @Test
    void a_connection_of_the_proxys_own_is_the_proxys() throws Exception {
        start(behindProxy());

        assertThat(exchange(with(version2(LOCAL, 0, new byte[0]), DELIVERY)))
                .startsWith("HTTP/1.1 200");
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void jettys_own_client_speaks_both_versions_before_http_2() throws Exception {
        start(behindProxy());

        try (Http2Sender sender = new Http2Sender(server().uri(TestServer.ORDERS))) {
            var one = sender.aDelivery("evt_1", EVENT).tag(new V1.Tag("203.0.113.1", 4711));
            assertThat(sender.send(one).get()).isEqualTo(200);
            assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("203.0.113.1");

            var two = sender.aDelivery("evt_2", EVENT).tag(new V2.Tag("203.0.113.2", 4711));
            assertThat(sender.send(two).get()).isEqualTo(200);
            assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("203.0.113.2");
        }
    }

    @Test
    void it_comes_before_tls() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "EC");
        start(
                behindProxy()
                        .listener(
                                l ->
                                        l.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                                .set(
                                                        ListenerOptions.TLS_CERTIFICATE,
                                                        certificate.certificate().toString())
                                                .set(
                                                        ListenerOptions.TLS_KEY,
                                                        certificate.key().toString())));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
            socket.getOutputStream()
                    .write(version2(PROXY, TCP4, addresses("203.0.113.7", "127.0.0.1")));
            try (Socket tls =
                    certificate
                            .trustingContext()
                            .getSocketFactory()
                            .createSocket(socket, "localhost", server().port(), true)) {
                OutputStream out = tls.getOutputStream();
                out.write(DELIVERY.getBytes(StandardCharsets.US_ASCII));
                out.flush();

                assertThat(new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200");
            }
        }
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void behind_it_the_header_of_an_inner_proxy_is_believed_too() throws Exception {
        start(
                behindProxy()
                        .listener(
                                l ->
                                        l.set(PeerOptions.CLIENT_HEADER, ClientHeader.FORWARDED)
                                                .set(
                                                        PeerOptions.TRUSTED_PROXIES,
                                                        List.of("127.0.0.1", "10.0.0.0/8"))));
        String forwarded = DELIVERY.replace("\r\n\r\n", "\r\nForwarded: for=192.0.2.1\r\n\r\n");

        exchange(with(version2(PROXY, TCP4, addresses("10.0.0.7", "127.0.0.1")), forwarded));
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("192.0.2.1");

        exchange(with(version2(PROXY, TCP4, addresses("203.0.113.7", "127.0.0.1")), forwarded));
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void whom_nobody_trusts_may_not_speak_it() throws Exception {
        start(behindProxy());
        String line = "PROXY TCP4 203.0.113.7 127.0.0.1 4711 443\r\n";
        InetAddress stranger = Addresses.parse("127.0.0.2");

        assertThat(exchange(stranger, (line + DELIVERY).getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400")
                .contains("bad_request");
        assertThat(
                        exchange(
                                stranger,
                                with(
                                        version2(
                                                PROXY, TCP4, addresses("203.0.113.7", "127.0.0.1")),
                                        DELIVERY)))
                .startsWith("HTTP/1.1 400");
        assertThat(server().intake.appended()).isEmpty();
    }

    @Test
    void whom_nobody_trusts_is_served_without_it() throws Exception {
        start(behindProxy());

        assertThat(
                        exchange(
                                Addresses.parse("127.0.0.2"),
                                DELIVERY.getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 200");
        assertThat(server().intake.awaitDelivery().remoteAddress()).isEqualTo("127.0.0.2");
    }

    @Test
    void a_trusted_proxy_that_does_not_speak_it_is_cut_off_and_told_of() throws Exception {
        CapturedLog log = expectWarnings();
        start(behindProxy());

        assertThat(exchange(DELIVERY.getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(server().intake.appended()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains("proxies.proxy-protocol"));
    }

    @Test
    void without_the_option_it_is_no_http() throws Exception {
        start();

        assertThat(
                        exchange(
                                ("PROXY TCP4 203.0.113.7 127.0.0.1 4711 443\r\n" + DELIVERY)
                                        .getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400");
    }

    private TestServer.Options behindProxy() throws IOException {
        return options()
                .orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT))
                .listener(
                        l ->
                                l.set(PeerOptions.PROXY_PROTOCOL, true)
                                        .set(PeerOptions.TRUSTED_PROXIES, List.of("127.0.0.1")));
    }

    private String exchange(byte[] bytes) throws IOException {
        return exchange(InetAddress.getLoopbackAddress(), bytes);
    }

    private String exchange(InetAddress from, byte[] bytes) throws IOException {
        try (RawClient client = new RawClient(server().port(), from)) {
            return client.send(bytes).readAll();
        }
    }

    /** Source, destination and their ports. */
    private static byte[] addresses(String from, String to) throws IOException {
        byte[] source = Addresses.parse(from).getAddress();
        byte[] target = Addresses.parse(to).getAddress();
        return ByteBuffer.allocate(2 * source.length + 4)
                .put(source)
                .put(target, 0, source.length)
                .putShort((short) 4711)
                .putShort((short) 443)
                .array();
    }

    private static byte[] version2(int command, int family, byte[] addresses) {
        return ByteBuffer.allocate(16 + addresses.length)
                .put(SIGNATURE)
                .put((byte) command)
                .put((byte) family)
                .putShort((short) addresses.length)
                .put(addresses)
                .array();
    }

    private static byte[] with(byte[] header, String request) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(header);
        all.write(request.getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }
}
