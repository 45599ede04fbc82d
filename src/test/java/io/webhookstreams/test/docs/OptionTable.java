/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of options: key, default, description, in the order of their declaration. */
final class OptionTable {

    static String of(List<ConfigOption<?>> options) {
        return options.stream()
                .map(OptionTable::row)
                .collect(
                        Collectors.joining(
                                "\n",
                                "| option | default | what it does |\n|---|---|---|\n",
                                "\n"));
    }

    private static String row(ConfigOption<?> option) {
        return "| `%s` | %s | %s |"
                .formatted(option.key(), defaultOf(option), descriptionOf(option));
    }

    private static String defaultOf(ConfigOption<?> option) {
        return option.hasDefaultValue() ? "`" + text(option.defaultValue()) + "`" : "–";
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof MemorySize size) {
            return size.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.toString().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Collection<?> values) {
            return values.isEmpty()
                    ? "[]"
                    : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    private static String descriptionOf(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description()).replace("|", "\\|");
    }

    private OptionTable() {}
}
