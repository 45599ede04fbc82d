/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import org.apache.hc.client5.http.DnsResolver;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves host names to addresses of the public Internet only. A name that leads anywhere else, if
 * only in part, leads nowhere. What it returns is what is connected to, so that a name cannot mean
 * something else a moment later.
 */
final class PublicAddresses implements DnsResolver {

    /** IANA's special-purpose registry of IPv4, and what only a broadcast reaches. */
    private static final List<Block> NOT_PUBLIC_4 =
            List.of(
                    new Block("0.0.0.0", 8),
                    new Block("10.0.0.0", 8),
                    new Block("100.64.0.0", 10),
                    new Block("127.0.0.0", 8),
                    new Block("169.254.0.0", 16),
                    new Block("172.16.0.0", 12),
                    new Block("192.0.0.0", 24),
                    new Block("192.0.2.0", 24),
                    new Block("192.88.99.0", 24),
                    new Block("192.168.0.0", 16),
                    new Block("198.18.0.0", 15),
                    new Block("198.51.100.0", 24),
                    new Block("203.0.113.0", 24),
                    new Block("224.0.0.0", 3));

    /** All that IPv6 has for everyone. */
    private static final Block PUBLIC_6 = new Block("2000::", 3);

    /** Teredo and its neighbours, documentation, 6to4 (which wraps any address of IPv4). */
    private static final List<Block> NOT_PUBLIC_6 =
            List.of(
                    new Block("2001::", 23),
                    new Block("2001:db8::", 32),
                    new Block("2002::", 16),
                    new Block("3fff::", 20));

    private final DnsResolver names;

    PublicAddresses(DnsResolver names) {
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                throw new UnknownHostException("not a public address");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes));
        }
        return address instanceof Inet6Address
                && PUBLIC_6.contains(bytes)
                && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** A range of addresses. */
    private static final class Block {

        private final byte[] start;
        private final int bits;

        Block(String start, int bits) {
            try {
                this.start = InetAddress.getByName(start).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(start + ": not an address", e);
            }
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
