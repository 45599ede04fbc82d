/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a job shows to Prometheus: each metric's series, by their labels.
 *
 * @param series a metric's name → the labels of each of its series
 */
record Scrape(Map<String, List<Map<String, String>>> series) {

    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: -?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Reads Prometheus's text format, version 0.0.4. */
    static Scrape parse(String text) {
        Map<String, List<Map<String, String>>> series = new TreeMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(
                        line -> {
                            Matcher matcher = LINE.matcher(line);
                            if (!matcher.matches()) {
                                throw new IllegalArgumentException("line: " + line);
                            }
                            series.computeIfAbsent(matcher.group(1), name -> new ArrayList<>())
                                    .add(read(matcher.group(2)));
                        });
        return new Scrape(series);
    }

    private static Map<String, String> read(String text) {
        Map<String, String> labels = new TreeMap<>();
        LABEL.matcher(Objects.requireNonNullElse(text, ""))
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    Set<String> metrics() {
        return series.keySet();
    }

    /** Labels that every series of a metric has; empty for one that is not shown. */
    Set<String> labels(String metric) {
        Set<String> labels = null;
        for (Map<String, String> one : series.getOrDefault(metric, List.of())) {
            if (labels == null) {
                labels = new TreeSet<>(one.keySet());
            }
            labels.retainAll(one.keySet());
        }
        return labels == null ? Set.of() : labels;
    }

    /** The values that a metric's label has. */
    Set<String> values(String metric, String label) {
        return series.getOrDefault(metric, List.of()).stream()
                .map(one -> one.get(label))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
