/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import io.webhookstreams.test.monitoring.PromQl.Condition;
import io.webhookstreams.test.monitoring.PromQl.Selector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compares what an expression speaks of with what a job shows. */
final class Spoken {

    private final Scrape scrape;

    Spoken(Scrape scrape) {
        this.scrape = scrape;
    }

    /** Metrics, labels and labels' values of the expression that the job does not show. */
    List<String> unknown(String expression) {
        PromQl read = PromQl.parse(expression);
        List<String> unknown = new ArrayList<>();
        Set<String> labels = new TreeSet<>();
        for (Selector selector : read.selectors()) {
            labels.addAll(scrape.labels(selector.metric()));
            if (!scrape.metrics().contains(selector.metric())) {
                unknown.add(selector.metric());
            } else {
                selector.conditions().forEach(c -> check(selector.metric(), c, unknown));
            }
        }
        read.labels().stream().filter(label -> !labels.contains(label)).forEach(unknown::add);
        return unknown;
    }

    private void check(String metric, Condition condition, List<String> unknown) {
        if (!scrape.labels(metric).contains(condition.label())) {
            unknown.add(metric + "{" + condition.label() + "}");
        } else if (!condition.value().contains("$")) {
            Set<String> values = scrape.values(metric, condition.label());
            alternatives(condition)
                    .filter(pattern -> values.stream().noneMatch(v -> pattern.matcher(v).matches()))
                    .forEach(
                            pattern ->
                                    unknown.add(
                                            metric
                                                    + "{"
                                                    + condition.label()
                                                    + "="
                                                    + pattern
                                                    + "}"));
        }
    }

    private static Stream<Pattern> alternatives(Condition condition) {
        return condition.isPattern()
                ? Arrays.stream(condition.value().split("\\|", -1)).map(Pattern::compile)
                : Stream.of(Pattern.compile(Pattern.quote(condition.value())));
    }
}
