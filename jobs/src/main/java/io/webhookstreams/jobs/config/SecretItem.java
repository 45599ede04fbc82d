/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A secret's reference that is written as a mapping: {@code from}, and where one likes {@code
 * name}, {@code not-before} and {@code not-after}. It becomes the text that the option takes.
 */
final class SecretItem {

    private static final String FROM = "from";
    private static final String NAME = "name";
    private static final List<String> TIMES = List.of("not-before", "not-after");
    private static final Set<String> FIELDS = Set.of(FROM, NAME, "not-before", "not-after");

    private static final Pattern KEY = Pattern.compile("auth\\.(of\\.[^.]+\\.)?secrets");
    private static final Pattern BELOW = Pattern.compile(".*\\." + KEY.pattern());

    private SecretItem() {}

    /** Whether secrets stand below a key of the file. */
    static boolean belongsTo(String key) {
        return BELOW.matcher(key).matches();
    }

    /** Whether it is a stream's option of its secrets, or of those of a member. */
    static boolean isKey(String option) {
        return KEY.matcher(option).matches();
    }

    /**
     * Reads a mapping, to its end.
     *
     * @param problems where problems are added, without any text of the mapping: a secret may have
     *     been put there
     */
    static Optional<String> read(String key, YAMLParser parser, List<String> problems)
            throws IOException {
        Map<String, String> values = new HashMap<>();
        boolean sound = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            boolean known = FIELDS.contains(field);
            JsonToken token = parser.nextToken();
            boolean scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL;
            if (!known || !scalar || parser.isCurrentAlias()) {
                parser.skipChildren();
                problems.add(
                        key
                                + (known ? ": no value for " + field : ": an unknown field")
                                + " (expected: from, name, not-before, not-after, with a value"
                                + " each)");
                sound = false;
            } else if (values.put(field, parser.getText()) != null) {
                problems.add(key + ": " + field + " given twice (expected: once)");
                sound = false;
            }
        }
        return sound ? text(key, values, problems) : Optional.empty();
    }

    private static Optional<String> text(
            String key, Map<String, String> values, List<String> problems) {
        String from = values.get(FROM);
        if (from == null || !(from.startsWith("file:") || from.startsWith("env:"))) {
            problems.add(key + ": a mapping's from (expected: file:PATH or env:NAME)");
            return Optional.empty();
        }
        String time =
                TIMES.stream()
                        .filter(values::containsKey)
                        .map(field -> field + "=" + values.get(field))
                        .collect(Collectors.joining(","));
        String label = values.getOrDefault(NAME, "") + (time.isEmpty() ? "" : "[" + time + "]");
        return Optional.of(label.isEmpty() ? from : label + "=" + from);
    }
}
