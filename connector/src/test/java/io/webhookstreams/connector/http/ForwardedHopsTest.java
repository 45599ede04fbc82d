/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.address.Addresses;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;

import java.util.List;

class ForwardedHopsTest {

    private static final List<String> SEEDS =
            List.of(
                    "for=192.0.2.43, for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com",
                    "for=\"[2001:db8:cafe::17]:4711\";a=\"x\\\"y,z\", proto=https",
                    "192.0.2.43, 2001:db8::1 , [::1]:80,unknown",
                    ",;=\"");

    /** RFC 7239, 4 and 7.1. */
    @Test
    void each_element_of_forwarded_is_a_hop_whatever_else_it_tells() {
        assertThat(
                        hops(
                                "for=192.0.2.43, for=\"[2001:db8:cafe::17]\"",
                                "proto=http;by=203.0.113.43, For=_gazonk;host=\"a,b\""))
                .containsExactly("192.0.2.43", "[2001:db8:cafe::17]", "unknown", "_gazonk");
    }

    @Test
    void without_the_header_there_is_no_hop() {
        assertThat(hops()).isEmpty();
        assertThat(ForwardedHops.of(ClientHeader.X_FORWARDED_FOR, HttpFields.EMPTY)).isEmpty();
    }

    @Test
    void any_header_is_a_list_of_hops_without_an_exception() {
        Fuzz.inputs(
                20_000,
                random -> {
                    String line = Damage.of(SEEDS.get(random.nextInt(SEEDS.size())), random);
                    HttpFields headers =
                            HttpFields.build()
                                    .add(HttpHeader.FORWARDED, line)
                                    .add(HttpHeader.X_FORWARDED_FOR, line);
                    for (ClientHeader header : ClientHeader.values()) {
                        ForwardedHops.of(header, headers).forEach(Addresses::ofNode);
                    }
                });
    }

    private static List<String> hops(String... lines) {
        HttpFields.Mutable headers = HttpFields.build();
        for (String line : lines) {
            headers.add(HttpHeader.FORWARDED, line);
        }
        return ForwardedHops.of(ClientHeader.FORWARDED, headers);
    }
}
