/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.List;
import java.util.Locale;

/** Options of a listener about who connects to it: proxies, and how often one address. */
@PublicEvolving
public final class PeerOptions {

    /** The header in which proxies name whom they forward for. */
    public enum ClientHeader {
        /** None: what a request says of its client is not believed. */
        NONE,
        /** {@code Forwarded}, by RFC 7239. */
        FORWARDED,
        /** {@code X-Forwarded-For}. */
        X_FORWARDED_FOR;

        /** As it is written in a configuration, and as the header's name. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final ConfigOption<List<String>> TRUSTED_PROXIES =
            ConfigOptions.key("proxies.trusted")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Addresses and blocks (`10.0.3.7`, `10.1.0.0/16`, `2001:db8::/48`) of your own"
                                    + " proxies and load balancers. Only these are believed when they tell"
                                    + " [the client's address](rate-limits.md#whose-address-it-is).");

    public static final ConfigOption<ClientHeader> CLIENT_HEADER =
            ConfigOptions.key("proxies.header")
                    .enumType(ClientHeader.class)
                    .defaultValue(ClientHeader.NONE)
                    .withDescription(
                            "The header in which trusted proxies name their client: `forwarded` (RFC 7239),"
                                    + " `x-forwarded-for` or `none`. Of the addresses in it the last one counts"
                                    + " that is no trusted proxy.");

    public static final ConfigOption<Boolean> PROXY_PROTOCOL =
            ConfigOptions.key("proxies.proxy-protocol")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether trusted proxies begin each connection with the PROXY protocol, version 1 or"
                                    + " 2. They must then; nobody else may.");

    public static final ConfigOption<Integer> MAX_CONNECTIONS_PER_ADDRESS =
            ConfigOptions.key("max-connections-per-address")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Open connections from one address (of IPv6, from one /64), idle ones included;"
                                    + " further ones are closed as soon as they are accepted, without an answer."
                                    + " Trusted proxies are not counted. Default: any number.");

    private PeerOptions() {}
}
