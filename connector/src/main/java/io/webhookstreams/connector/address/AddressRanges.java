/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.address;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4AddressTrie;
import inet.ipaddr.ipv6.IPv6AddressTrie;

import java.net.InetAddress;
import java.util.List;

import javax.annotation.Nullable;

/**
 * A list of addresses and blocks of them ({@code 192.0.2.7}, {@code 198.51.100.0/24}, {@code
 * 2001:db8::/32}). Immutable; looking one up takes as many steps as a prefix is long, however many
 * blocks there are.
 */
public final class AddressRanges {

    private final IPv4AddressTrie four = new IPv4AddressTrie();
    private final IPv6AddressTrie six = new IPv6AddressTrie();

    private AddressRanges() {}

    /**
     * Parses each block.
     *
     * @throws IllegalArgumentException if one is no block, or has bits beyond its prefix
     */
    public static AddressRanges of(List<String> blocks) {
        AddressRanges ranges = new AddressRanges();
        for (String text : blocks) {
            IPAddress block = Addresses.block(text);
            if (block.isIPv4()) {
                ranges.four.add(block.toIPv4());
            } else {
                ranges.six.add(block.toIPv6());
            }
        }
        return ranges;
    }

    /** Whether a text is a block that holds every address of its kind. */
    public static boolean isEverything(String block) {
        Integer prefix = Addresses.block(block).getNetworkPrefixLength();
        return prefix != null && prefix == 0;
    }

    public boolean isEmpty() {
        return four.isEmpty() && six.isEmpty();
    }

    /** Whether one of the blocks holds the address; no block holds one that is not known, null. */
    public boolean contains(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        IPAddress value = Addresses.value(address);
        return value.isIPv4()
                ? four.elementContains(value.toIPv4())
                : six.elementContains(value.toIPv6());
    }
}
