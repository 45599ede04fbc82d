/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.address.AddressRanges;

import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.List;

/** Reads options that list addresses and blocks of them. */
final class AddressBlocks {

    private AddressBlocks() {}

    /** Those that can be parsed; a problem for each of the others. */
    static List<String> read(OptionReader options, ConfigOption<List<String>> option) {
        List<String> blocks = new ArrayList<>();
        for (String text : options.get(option)) {
            try {
                AddressRanges.of(List.of(text));
                blocks.add(text);
            } catch (IllegalArgumentException e) {
                options.problem(
                        option.key(),
                        text,
                        "expected: an address, or a block without bits beyond its prefix, such as"
                                + " 192.0.2.0/24 or 2001:db8::/32");
            }
        }
        return List.copyOf(blocks);
    }
}
