/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.Locale;

/** Options that open and close a stream, most useful where the configuration is reloaded. */
@PublicEvolving
public final class LifecycleOptions {

    /** Whether a stream takes deliveries: {@code active}, {@code paused} or {@code revoked}. */
    public enum State {
        /** It takes them. */
        ACTIVE,
        /** Not now: senders are told to come again. */
        PAUSED,
        /** Never again: senders are told to stop. */
        REVOKED;

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final ConfigOption<State> STATE =
            ConfigOptions.key("state")
                    .enumType(State.class)
                    .defaultValue(State.ACTIVE)
                    .withDescription(
                            "`active`; `paused` (every request is answered 503 `paused` with Retry-After, so"
                                    + " that vendors come again); or `revoked` (410 `revoked`, so that they stop;"
                                    + " the stream's secrets are not read any more). Both are answered before the"
                                    + " body is read. What was answered 2xx before comes out all the same.");

    private LifecycleOptions() {}
}
