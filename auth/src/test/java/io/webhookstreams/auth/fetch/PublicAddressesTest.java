/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:0:1::1",
                "2001:db8::1",
                "2002:7f00:1::"
            })
    void what_is_not_for_everyone_is_not_public(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "52.94.0.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "223.255.255.255",
                "2600:1f18::1",
                "2a00:1450::1"
            })
    void the_rest_is(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void a_name_that_leads_inside_in_part_leads_nowhere() throws UnknownHostException {
        PublicAddresses mixed = new PublicAddresses(names("52.94.0.1", "10.0.0.1"));
        PublicAddresses outside = new PublicAddresses(names("52.94.0.1", "2600:1f18::1"));

        assertThatThrownBy(() -> mixed.resolve("sns.us-east-1.amazonaws.com"))
                .isInstanceOf(UnknownHostException.class);
        assertThat(outside.resolve("sns.us-east-1.amazonaws.com")).hasSize(2);
    }

    static DnsResolver names(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] all = new InetAddress[addresses.length];
                for (int i = 0; i < all.length; i++) {
                    all[i] =
                            InetAddress.getByAddress(
                                    host, InetAddress.getByName(addresses[i]).getAddress());
                }
                return all;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
