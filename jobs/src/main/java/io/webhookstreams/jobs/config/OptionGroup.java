/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The keys of options, and the way of a value from YAML into a Flink configuration. */
final class OptionGroup {

    private static final Pattern MEMBER = Pattern.compile("^auth\\.of\\.[^.]+\\.(?!of\\.)");

    private final Set<String> keys = new TreeSet<>();
    private final Set<String> listKeys = new TreeSet<>();

    OptionGroup(List<ConfigOption<?>> options) {
        options.forEach(this::add);
    }

    /**
     * Puts a value into the configuration, unless its key is unknown. Of a list where one value is
     * expected the first one stands in.
     *
     * @param prefix put before the key in problems: {@code listener.}
     */
    void put(
            String prefix,
            String key,
            List<String> values,
            Configuration configuration,
            List<String> problems) {
        // A member of a combination takes what a stream takes.
        String declared = MEMBER.matcher(key).replaceFirst("auth.");
        if (!keys.contains(declared)) {
            problems.add(
                    "%s%s: unknown (expected: %s)"
                            .formatted(prefix, key, NearMiss.expectation(key, keys)));
        } else if (listKeys.contains(declared)) {
            configuration.set(
                    ConfigOptions.key(key).stringType().asList().noDefaultValue(),
                    new ArrayList<>(values));
        } else if (!values.isEmpty()) {
            configuration.setString(key, values.get(0));
            if (values.size() > 1) {
                problems.add(prefix + key + ": a list (expected: one value)");
            }
        }
    }

    private void add(ConfigOption<?> option) {
        keys.add(option.key());
        // Flink does not tell from outside whether an option is a list; its default does.
        if (option.defaultValue() instanceof List) {
            listKeys.add(option.key());
        }
    }
}
