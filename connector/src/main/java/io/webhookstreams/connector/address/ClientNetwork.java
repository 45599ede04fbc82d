/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What one client is taken to have: an IPv4 address, or all IPv6 addresses with the same first 64
 * bits, which is the least that a site is given (RFC 6177).
 *
 * @param bits the address, or the first half of it
 */
public record ClientNetwork(boolean six, long bits) {

    public static ClientNetwork of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new ClientNetwork(false, bytes.getInt())
                : new ClientNetwork(true, bytes.getLong());
    }
}
