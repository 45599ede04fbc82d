/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.List;
import java.util.Locale;

/**
 * Options of a stream about where its requests may come from, and how many; see
 * docs/rate-limits.md.
 */
@PublicEvolving
public final class AccessOptions {

    /** Limits in one word. */
    public enum Profile {
        /** None but the defaults. */
        STANDARD,
        /** Low ones, for a stream to try things with. */
        SANDBOX;

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final ConfigOption<Profile> PROFILE =
            ConfigOptions.key("profile")
                    .enumType(Profile.class)
                    .defaultValue(Profile.STANDARD)
                    .withDescription(
                            "`sandbox` sets [low limits](rate-limits.md#a-sandbox-in-one-word) where the stream"
                                    + " sets none itself; `standard` sets nothing.");

    public static final ConfigOption<List<String>> ALLOWED_ADDRESSES =
            ConfigOptions.key("allowed-addresses")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Addresses and blocks (`192.0.2.7`, `198.51.100.0/24`, `2001:db8::/32`) that may"
                                    + " post; all others get 403 before their body is read. Behind a proxy"
                                    + " it needs [`proxies.trusted`](rate-limits.md#whose-address-it-is)."
                                    + " Default: all.");

    public static final ConfigOption<String> STREAM_RATE =
            ConfigOptions.key("rate-limit.stream.rate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Verified requests of the stream"
                                    + " that this TaskManager takes: `100/s`, `600/min`, `1000/h`. Beyond it"
                                    + " 429, or 503 where that is what the vendor retries. Default: any"
                                    + " number.");

    public static final ConfigOption<Integer> STREAM_BURST =
            ConfigOptions.key("rate-limit.stream.burst")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The most of them at once, after a pause. Default: the number in"
                                    + " `rate-limit.stream.rate`.");

    public static final ConfigOption<String> CREDENTIAL_RATE =
            ConfigOptions.key("rate-limit.credential.rate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Verified requests of each of its credentials (a secret, a key, a client certificate, by its name)"
                                    + " that this TaskManager takes: `100/s`, `600/min`, `1000/h`. Beyond it"
                                    + " 429, or 503 where that is what the vendor retries. Default: any"
                                    + " number.");

    public static final ConfigOption<Integer> CREDENTIAL_BURST =
            ConfigOptions.key("rate-limit.credential.burst")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The most of them at once, after a pause. Default: the number in"
                                    + " `rate-limit.credential.rate`.");

    public static final ConfigOption<String> ADDRESS_RATE =
            ConfigOptions.key("rate-limit.address.rate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Requests from each [client's address](rate-limits.md#whose-address-it-is), verified or not"
                                    + " that this TaskManager takes: `100/s`, `600/min`, `1000/h`. Beyond it"
                                    + " 429, or 503 where that is what the vendor retries. Default: any"
                                    + " number.");

    public static final ConfigOption<Integer> ADDRESS_BURST =
            ConfigOptions.key("rate-limit.address.burst")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The most of them at once, after a pause. Default: the number in"
                                    + " `rate-limit.address.rate`.");

    private AccessOptions() {}
}
