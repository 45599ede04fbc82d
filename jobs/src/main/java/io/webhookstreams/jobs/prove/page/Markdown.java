/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of Markdown, one after another. */
final class Markdown {

    private final List<String> lines = new ArrayList<>();

    void title(String text) {
        lines.add("# " + text);
    }

    void section(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    void paragraph(String text) {
        lines.add("");
        lines.add(text);
    }

    void item(String text) {
        lines.add("- " + text);
    }

    void table(Object... titles) {
        row(titles);
        lines.add("|---".repeat(titles.length) + "|");
    }

    void row(Object... cells) {
        lines.add(
                Stream.of(cells)
                        .map(Markdown::cell)
                        .collect(Collectors.joining(" | ", "| ", " |")));
    }

    private static String cell(Object value) {
        if (value instanceof Number number) {
            return String.format(Locale.ROOT, "%,d", number.longValue());
        }
        return value instanceof Duration time ? seconds(time) : value.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    /** All lines, each with its end. */
    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
