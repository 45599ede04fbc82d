/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.AccessOptions.ADDRESS_BURST;
import static io.webhookstreams.connector.AccessOptions.ADDRESS_RATE;
import static io.webhookstreams.connector.AccessOptions.PROFILE;
import static io.webhookstreams.connector.AccessOptions.STREAM_BURST;
import static io.webhookstreams.connector.AccessOptions.STREAM_RATE;

import io.webhookstreams.connector.AccessOptions.Profile;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** What a stream's profile sets. */
final class Profiles {

    private Profiles() {}

    /**
     * The stream's options, with those of its profile where it has none of its own.
     *
     * @param options reads the same options
     */
    static Configuration applied(OptionReader options, Configuration stream) {
        Configuration all = new Configuration(stream);
        if (options.get(PROFILE) == Profile.SANDBOX) {
            rate(all, STREAM_RATE, "60/min", STREAM_BURST, 20);
            rate(all, ADDRESS_RATE, "120/min", ADDRESS_BURST, 40);
            put(all, StreamOptions.MAX_BODY, MemorySize.parse("256kb"));
            put(all, StreamOptions.MAX_INFLATED_BODY, MemorySize.parse("1mb"));
        }
        return all;
    }

    /** A burst goes with its rate. */
    private static void rate(
            Configuration all,
            ConfigOption<String> rateOption,
            String rate,
            ConfigOption<Integer> burstOption,
            int burst) {
        if (!all.containsKey(rateOption.key())) {
            put(all, burstOption, burst);
        }
        put(all, rateOption, rate);
    }

    private static <T> void put(Configuration all, ConfigOption<T> option, T value) {
        if (!all.containsKey(option.key())) {
            all.set(option, value);
        }
    }
}
