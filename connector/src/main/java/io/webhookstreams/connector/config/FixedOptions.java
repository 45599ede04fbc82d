/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.ListenerOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares options that stay as they are while a job runs. */
final class FixedOptions {

    private static final String HIDDEN = "***";

    private FixedOptions() {}

    /** One line for each option that has changed. */
    static List<String> problems(
            String prefix, List<ConfigOption<?>> options, Configuration then, Configuration now) {
        List<String> problems = new ArrayList<>();
        for (ConfigOption<?> option : options) {
            String before = text(option, then);
            String after = text(option, now);
            if (!Objects.equals(before, after)) {
                boolean hidden = option.key().equals(ListenerOptions.ADMIN_TOKEN.key());
                problems.add(
                        "%s%s: %s (expected: %s, as when the job was started; a restart changes it)"
                                .formatted(
                                        prefix,
                                        option.key(),
                                        hidden ? HIDDEN : after,
                                        hidden ? HIDDEN : before));
            }
        }
        return problems;
    }

    /** Its value, or its default; what cannot be read as one, as it is written. */
    private static String text(ConfigOption<?> option, Configuration configuration) {
        try {
            Object value = configuration.getOptional(option).orElse(null);
            return String.valueOf(value == null ? option.defaultValue() : value);
        } catch (IllegalArgumentException unreadable) {
            return configuration.toMap().get(option.key());
        }
    }
}
