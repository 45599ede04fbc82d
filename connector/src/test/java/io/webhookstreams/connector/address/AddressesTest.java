/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::1, ::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void an_address_is_written_in_one_way(String text, String canonical) {
        assertThat(Addresses.text(Addresses.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "10.1",
                "1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "256.0.0.1",
                "192.0.2.1/24",
                "192.0.2.*",
                "192.0.2.1-5",
                "*",
                "1::2::3",
                "fe80::1%eth0",
                "12345::",
                "/24",
                "unknown"
            })
    void what_is_no_address_is_none_and_no_name_is_looked_up(String text) {
        assertThat(Addresses.parse(text)).isNull();
    }

    /** RFC 7239, 4 and 6, and what proxies write into X-Forwarded-For. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.43, 192.0.2.43",
        "192.0.2.43:47011, 192.0.2.43",
        "[2001:db8:cafe::17]:4711, 2001:db8:cafe::17",
        "[2001:db8:cafe::17], 2001:db8:cafe::17",
        "[2001:db8:cafe::17]:_port, 2001:db8:cafe::17",
        "2001:db8:cafe::17, 2001:db8:cafe::17",
        "[::ffff:192.0.2.43]:80, 192.0.2.43"
    })
    void a_node_has_an_address_with_or_without_a_port(String node, String address) {
        assertThat(Addresses.text(Addresses.ofNode(" " + node + " "))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_gazonk",
                "",
                "[",
                "[]",
                "[2001:db8::17",
                "[2001:db8::17]x",
                "[192.0.2.1",
                "proxy.example.com:80",
                ":80"
            })
    void a_node_without_an_address_has_none(String node) {
        assertThat(Addresses.ofNode(node)).isNull();
    }

    @Test
    void any_text_is_an_address_or_none() {
        List<String> seeds =
                List.of("192.0.2.43:47011", "[2001:db8:cafe::17]:4711", "::ffff:10.0.0.1", "_x");
        Fuzz.inputs(
                20_000,
                random -> {
                    String node = Damage.of(seeds.get(random.nextInt(seeds.size())), random);
                    InetAddress address = Addresses.ofNode(node);
                    if (address != null) {
                        assertThat(Addresses.parse(Addresses.text(address))).isEqualTo(address);
                    }
                });
    }

    @Test
    void a_client_has_one_address_of_ipv4_or_a_site_of_ipv6() {
        assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
        assertThat(network("192.0.2.1")).isEqualTo(network("::ffff:192.0.2.1"));
        assertThat(network("2001:db8::1")).isEqualTo(network("2001:db8::ffff:1"));
        assertThat(network("2001:db8::1")).isNotEqualTo(network("2001:db8:0:1::1"));
        assertThat(Addresses.parse("::ffff:192.0.2.1")).isInstanceOf(Inet4Address.class);
    }

    private static ClientNetwork network(String address) {
        return ClientNetwork.of(Addresses.parse(address));
    }
}
