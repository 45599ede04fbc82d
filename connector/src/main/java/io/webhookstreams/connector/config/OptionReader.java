/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.ForwardedHeader;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.annotation.Nullable;

/**
 * Reads the options of one group and notes what is wrong instead of throwing, so that all problems
 * are reported together. What it returns after a problem is a stand-in: the caller looks at the
 * problems before it uses the settings.
 */
final class OptionReader {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Where somebody may have put a secret in place of a reference. */
    private static final Set<String> SECRET =
            Set.of(
                    StreamOptions.AUTH_SECRETS.key(),
                    SchemeOptions.OF.key(),
                    StreamOptions.HANDSHAKE_VERIFY_TOKEN.key(),
                    ListenerOptions.ADMIN_TOKEN.key());

    /** Numbers without a default, from which their kind could be seen. */
    private static final Set<String> NUMBERS =
            Set.of(PolicyOptions.LOW_WATER.key(), PolicyOptions.SHED_BUDGET.key());

    /** Below it a key's middle is a name, and the rest is judged with its member. */
    private static final String MEMBERS = SchemeOptions.OF.key() + ".";

    private final String prefix;
    private final Configuration configuration;
    private final List<String> problems;

    /**
     * @param prefix put before each key in messages: {@code listener.}
     * @param problems where problems are added
     */
    OptionReader(String prefix, Configuration configuration, List<String> problems) {
        this.prefix = prefix;
        this.configuration = configuration;
        this.problems = problems;
    }

    /**
     * The value or its default; null for a missing value without default, and for an unreadable
     * one.
     */
    @Nullable
    <T> T get(ConfigOption<T> option) {
        try {
            return configuration.getOptional(option).orElse(option.defaultValue());
        } catch (IllegalArgumentException e) {
            problem(option.key(), raw(option), "expected: " + kind(option));
            return option.defaultValue();
        }
    }

    /** Whether there is a value, readable or not. */
    boolean isSet(ConfigOption<?> option) {
        return configuration.containsKey(option.key());
    }

    /** The value; a problem if it is missing. */
    @Nullable
    <T> T require(ConfigOption<T> option, String expectation) {
        boolean missing = !isSet(option);
        if (missing) {
            problem(option.key(), "missing", "expected: " + expectation);
        }
        return missing ? null : get(option);
    }

    /**
     * The parsed value, {@code fallback} when there is none; a problem if {@code parse} refuses it.
     */
    @Nullable
    <T> T parsed(
            ConfigOption<String> option,
            @Nullable T fallback,
            Function<String, T> parse,
            String expectation) {
        String text = get(option);
        if (text == null) {
            return fallback;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problem(option.key(), text, "expected: " + expectation);
            return fallback;
        }
    }

    /** A positive duration, short enough to be counted in nanoseconds. */
    Duration positive(ConfigOption<Duration> option, Duration fallback) {
        Duration value = Optional.ofNullable(get(option)).orElse(fallback);
        if (value.isZero() || value.isNegative()) {
            problem(option.key(), value, "expected: more than 0");
        }
        if (value.compareTo(LONGEST) > 0) {
            problem(option.key(), value, "expected: at most " + LONGEST.toDays() + " d");
        }
        return value;
    }

    /** A size in bytes between two bounds, both included. */
    long bytes(ConfigOption<MemorySize> option, long least, long most) {
        long value = get(option).getBytes();
        if (value < least || value > most) {
            problem(
                    option.key(),
                    new MemorySize(value),
                    "expected: " + new MemorySize(least) + " to " + new MemorySize(most));
        }
        return value;
    }

    /** A number between two bounds, both included. */
    int number(ConfigOption<Integer> option, int least, int most) {
        int value = get(option);
        if (value < least || value > most) {
            problem(option.key(), value, "expected: " + least + " to " + most);
        }
        return value;
    }

    /** A number between two bounds, both included; null where there is none, or a wrong one. */
    @Nullable
    Integer numberOrNull(ConfigOption<Integer> option, int least, int most) {
        Integer value;
        try {
            value = configuration.getOptional(option).orElse(null);
        } catch (IllegalArgumentException e) {
            problem(option.key(), raw(option), "expected: " + least + " to " + most);
            return null;
        }
        if (value != null && (value < least || value > most)) {
            problem(option.key(), value, "expected: " + least + " to " + most);
            return null;
        }
        return value;
    }

    /** One of a few numbers. */
    int oneOf(ConfigOption<Integer> option, int fallback, List<Integer> allowed) {
        int value = Optional.ofNullable(get(option)).orElse(fallback);
        if (!allowed.contains(value)) {
            String list = allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
            problem(option.key(), value, "expected: one of " + list);
        }
        return value;
    }

    /** Notes a problem of this group as {@code prefix.key: value (hint)}. */
    void problem(String key, Object value, String hint) {
        problem(key + ": " + value + " (" + hint + ")");
    }

    /** Notes a problem that begins with its key; once, however often its option is asked for. */
    void problem(String line) {
        String problem = prefix + line;
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Notes keys that no option of the group has. */
    void refuseUnknownKeys(List<ConfigOption<?>> known) {
        List<String> keys = known.stream().map(ConfigOption::key).toList();
        configuration.keySet().stream()
                .filter(key -> !keys.contains(key) && !key.startsWith(MEMBERS))
                .sorted()
                .forEach(
                        key ->
                                problem(
                                        key,
                                        "unknown",
                                        "expected: one of " + String.join(", ", keys)));
    }

    /** What is written there, unless a secret may be. */
    private String raw(ConfigOption<?> option) {
        return SECRET.contains(option.key())
                ? "***"
                : String.valueOf(configuration.toMap().get(option.key()));
    }

    private static String kind(ConfigOption<?> option) {
        Object sample = option.defaultValue();
        if (sample instanceof MemorySize) {
            return "a size such as 16mb";
        }
        if (sample instanceof Boolean) {
            return "true or false";
        }
        if (sample instanceof Integer) {
            return "a whole number";
        }
        if (sample instanceof Double || NUMBERS.contains(option.key())) {
            return "a number such as 0.5";
        }
        if (sample instanceof Enum<?> e) {
            return oneOf(e.getDeclaringClass());
        }
        if (option.key().equals(StreamOptions.AUTH_FORWARDED_HEADER.key())) {
            return oneOf(ForwardedHeader.class);
        }
        if (option.key().equals(SchemeOptions.OF.key())) {
            return "keys and values below it";
        }
        return sample instanceof String || sample instanceof List
                ? "a text"
                : "a duration such as 10 s";
    }

    private static String oneOf(Class<? extends Enum<?>> kind) {
        return Arrays.stream(kind.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
