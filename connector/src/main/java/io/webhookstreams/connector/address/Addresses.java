/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.address;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import javax.annotation.Nullable;

/**
 * Addresses from text and back. An IPv4 address that is mapped into IPv6 (RFC 4291, 2.5.5.2) is the
 * IPv4 address, wherever it comes from. Any thread; asks no name service.
 */
public final class Addresses {

    /** Longer than any address, with its zone cut off or not. */
    private static final int LONGEST = 64;

    private static final Pattern LONG_PREFIX = Pattern.compile("/\\d{4}");

    private static final IPAddressStringParameters ONE = parameters(false);
    private static final IPAddressStringParameters BLOCK = parameters(true);

    private Addresses() {}

    /** The address that a text is; null where it is none, such as a name. */
    @Nullable
    public static InetAddress parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        IPAddress address = new IPAddressString(text, ONE).getAddress();
        return address == null ? null : of(address.getBytes());
    }

    /**
     * The address of a node as {@code Forwarded} (RFC 7239, 6) and {@code X-Forwarded-For} name it,
     * with or without a port: {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code [2001:db8::1]:80},
     * {@code 2001:db8::1}. Null where it names none, as {@code unknown} does.
     */
    @Nullable
    public static InetAddress ofNode(String node) {
        String text = node.trim();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean closed = end == text.length() - 1 || text.startsWith(":", end + 1);
            return end < 0 || !closed ? null : parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
        return parse(hasPort ? text.substring(0, colon) : text);
    }

    /** As it is written: IPv6 in the form of RFC 5952, without a zone. */
    public static String text(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : new IPv6Address(address.getAddress()).toCanonicalString();
    }

    static IPAddress value(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? new IPv4Address(bytes) : new IPv6Address(bytes);
    }

    /**
     * An address, or a block of them by its prefix.
     *
     * @throws IllegalArgumentException if it is neither, or has bits beyond its prefix
     */
    static IPAddress block(String text) {
        // The library counts prefixes modulo 2^32: it takes ::/4294967296 for ::/0.
        boolean isRead = text.length() <= LONGEST && !LONG_PREFIX.matcher(text).find();
        IPAddress block = isRead ? new IPAddressString(text, BLOCK).getAddress() : null;
        if (block == null || text.isBlank() || (block.isPrefixed() && !block.isPrefixBlock())) {
            throw new IllegalArgumentException(text + ": no block of addresses");
        }
        return block.isIPv6() && block.toIPv6().isIPv4Mapped()
                ? block.toIPv6().getEmbeddedIPv4Address()
                : block;
    }

    /** The JDK makes an IPv4 address of one that is mapped. */
    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes or 16", e);
        }
    }

    /** What inet_aton takes besides (10.1, 0x7f.0.0.1, 010.0.0.1) and any wildcard is refused. */
    private static IPAddressStringParameters parameters(boolean prefix) {
        return new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefixOnly(false)
                .allowMask(false)
                .allowPrefix(prefix)
                .allowWildcardedSeparator(false)
                .allow_inet_aton(false)
                .setRangeOptions(RangeParameters.NO_RANGE)
                .getIPv4AddressParametersBuilder()
                .allowLeadingZeros(false)
                .allowBinary(false)
                .allowPrefixesBeyondAddressSize(false)
                .getParentBuilder()
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .allowPrefixesBeyondAddressSize(false)
                .getParentBuilder()
                .toParams();
    }
}
