/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the options of the group {@code job} and notes what is wrong, so that all problems are
 * reported together. What it returns after a problem is the default, a stand-in.
 */
final class JobOptionReader {

    private static final Pattern PORTS = Pattern.compile("\\d{1,5}(-\\d{1,5})?");

    private static final int HIGHEST_PORT = 65_535;

    /** What can be counted in milliseconds, added to the time of day, and still be meant. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Configuration job;
    private final List<String> problems;

    JobOptionReader(Configuration job, List<String> problems) {
        this.job = job;
        this.problems = problems;
    }

    <T> T value(ConfigOption<T> option, String expectation) {
        return optional(option, expectation).orElse(option.defaultValue());
    }

    <T> Optional<T> optional(ConfigOption<T> option, String expectation) {
        try {
            return job.getOptional(option);
        } catch (IllegalArgumentException notOfItsType) {
            problem(option, expectation);
            return Optional.empty();
        }
    }

    Duration atLeast(Duration least, ConfigOption<Duration> option) {
        return optionalAtLeast(least, option).orElse(option.defaultValue());
    }

    Optional<Duration> optionalAtLeast(Duration least, ConfigOption<Duration> option) {
        Optional<Duration> given = optional(option, "a duration such as 500 ms or 7 d");
        given.ifPresent(value -> bound(value, least, option));
        return given;
    }

    private void bound(Duration value, Duration least, ConfigOption<Duration> option) {
        if (value.compareTo(least) < 0) {
            problem(option, "at least " + least.toMillis() + " ms");
        }
        if (value.compareTo(LONGEST) > 0) {
            problem(option, "at most " + LONGEST.toDays() + " d");
        }
    }

    MemorySize positive(ConfigOption<MemorySize> option) {
        MemorySize value = value(option, "a size such as 128 mb");
        if (value.getBytes() == 0) {
            problem(option, "more than 0");
        }
        return value;
    }

    Optional<Integer> positiveNumber(ConfigOption<Integer> option) {
        Optional<Integer> value = optional(option, "a whole number");
        value.filter(number -> number < 1).ifPresent(number -> problem(option, "at least 1"));
        return value;
    }

    String ports(ConfigOption<String> option) {
        return optionalPorts(option).orElse(option.defaultValue());
    }

    Optional<String> optionalPorts(ConfigOption<String> option) {
        String expectation = "a port or a range of ports such as 8081-8089";
        Optional<String> value = optional(option, expectation);
        value.filter(ports -> !arePorts(ports)).ifPresent(ports -> problem(option, expectation));
        return value;
    }

    private static boolean arePorts(String value) {
        return PORTS.matcher(value).matches()
                && Arrays.stream(value.split("-", 2)).mapToInt(Integer::parseInt).max().orElse(0)
                        <= HIGHEST_PORT;
    }

    /** A list of names that must be known. */
    void refuseOthers(ConfigOption<?> option, Collection<String> names, Set<String> known) {
        names.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> problem(option, name, "any of " + String.join(", ", known)));
    }

    private void problem(ConfigOption<?> option, String expectation) {
        problem(option, job.toMap().get(option.key()), expectation);
    }

    private void problem(ConfigOption<?> option, String value, String expectation) {
        problems.add("job.%s: %s (expected: %s)".formatted(option.key(), value, expectation));
    }
}
