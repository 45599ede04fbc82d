/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;

class AddressRangesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,         192.0.2.7,             true",
        "192.0.2.7,         192.0.2.8,             false",
        "192.0.2.0/24,      192.0.2.255,           true",
        "192.0.2.0/24,      192.0.3.0,             false",
        "192.0.2.0/31,      192.0.2.1,             true",
        "192.0.2.1/32,      192.0.2.1,             true",
        "0.0.0.0/0,         203.0.113.9,           true",
        "0.0.0.0/0,         2001:db8::1,           false",
        "::/0,              2001:db8::1,           true",
        "::/0,              203.0.113.9,           false",
        "2001:db8::/32,     2001:db8:ffff::1,      true",
        "2001:db8::/32,     2001:db9::1,           false",
        "2001:db8::1,       2001:db8::1,           true",
        "2001:db8::1/128,   2001:db8::2,           false",
        "192.0.2.0/24,      ::ffff:192.0.2.9,      true",
        "::ffff:192.0.2.0/120, 192.0.2.9,          true",
        "::ffff:192.0.2.0/120, 192.0.3.9,          false",
        "::ffff:192.0.2.9,  192.0.2.9,             true",
        "10.0.0.0/8,        ::a00:1,               false"
    })
    void a_block_holds_the_addresses_of_its_prefix(String block, String address, boolean holds) {
        assertThat(AddressRanges.of(List.of(block)).contains(Addresses.parse(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2.1/24",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/255.255.255.0",
                "192.0.2/24",
                "192.0.2.*",
                "192.0.2.1-192.0.2.9",
                "2001:db8::1/32",
                "2001:db8::/129",
                "192.0.2.0/4294967320",
                "::/4294967296",
                "::/4294967295",
                "192.0.2.0/0024",
                "/8",
                "*",
                "192.0.2.0/24,10.0.0.0/8"
            })
    void what_is_no_block_is_refused(String text) {
        assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_block_holds_an_address_that_is_not_known() {
        assertThat(AddressRanges.of(List.of("0.0.0.0/0", "::/0")).contains(null)).isFalse();
        assertThat(AddressRanges.of(List.of()).isEmpty()).isTrue();
        assertThat(AddressRanges.of(List.of("::1")).isEmpty()).isFalse();
    }

    @Test
    void everything_is_what_has_no_prefix() {
        assertThat(AddressRanges.isEverything("0.0.0.0/0")).isTrue();
        assertThat(AddressRanges.isEverything("::/0")).isTrue();
        assertThat(AddressRanges.isEverything("::ffff:0.0.0.0/96")).isTrue();
        assertThat(AddressRanges.isEverything("10.0.0.0/8")).isFalse();
        assertThat(AddressRanges.isEverything("192.0.2.1")).isFalse();
    }

    /** Against arithmetic on whole numbers. */
    @Test
    void any_list_holds_what_one_of_its_prefixes_has() {
        Fuzz.inputs(
                2_000,
                random -> {
                    int bytes = random.nextBoolean() ? 4 : 16;
                    List<String> blocks =
                            random.ints(20, 0, bytes * 8 + 1)
                                    .mapToObj(prefix -> block(bytes, prefix, random))
                                    .toList();
                    BigInteger address = number(bytes, random);

                    boolean expected = blocks.stream().anyMatch(b -> has(b, bytes, address));

                    assertThat(AddressRanges.of(blocks).contains(address(address, bytes)))
                            .as("%s in %s", address(address, bytes), blocks)
                            .isEqualTo(expected);
                });
    }

    /** Few different high bits, so that many blocks hold many addresses. */
    private static BigInteger number(int bytes, SplittableRandom random) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        some[0] = (byte) (0x20 + random.nextInt(2));
        some[1] = (byte) random.nextInt(2);
        return new BigInteger(1, some);
    }

    private static String block(int bytes, int prefix, SplittableRandom random) {
        int free = bytes * 8 - prefix;
        BigInteger start = number(bytes, random).shiftRight(free).shiftLeft(free);
        return address(start, bytes).getHostAddress() + "/" + prefix;
    }

    private static boolean has(String block, int bytes, BigInteger address) {
        String[] parts = block.split("/", -1);
        int free = bytes * 8 - Integer.parseInt(parts[1]);
        BigInteger start = new BigInteger(1, Addresses.parse(parts[0]).getAddress());
        return start.shiftRight(free).equals(address.shiftRight(free));
    }

    private static InetAddress address(BigInteger number, int bytes) {
        byte[] all = new byte[bytes];
        byte[] some = number.toByteArray();
        int length = Math.min(some.length, bytes);
        System.arraycopy(some, some.length - length, all, bytes - length, length);
        try {
            return InetAddress.getByAddress(all);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
