/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression speaks of: its selectors, and the labels that it groups by or matches
 * on. Not a parser of the language: it knows where names stand, and refuses a word that it does not
 * know rather than pass over a misspelt metric.
 *
 * @param labels of {@code by}, {@code without}, {@code on} and their like
 */
record PromQl(List<Selector> selectors, Set<String> labels) {

    /** A metric and what its labels must be. */
    record Selector(String metric, List<Condition> conditions) {}

    /**
     * {@code label="value"}, or another operator; a regular expression for {@code =~}, {@code !~}.
     */
    record Condition(String label, String operator, String value) {

        boolean isPattern() {
            return operator.endsWith("~");
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*]"
                            + "|\\d[\\w.]*|[a-zA-Z_:][\\w:]*"
                            + "|=~|!~|!=|==|<=|>=|[-+*/%^<>=(),{}]");

    private static final Set<String> GROUPINGS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "sum",
                    "min",
                    "max",
                    "avg",
                    "count",
                    "rate",
                    "increase",
                    "absent",
                    "clamp_min",
                    "label_values",
                    "max_over_time",
                    "min_over_time",
                    "time",
                    "vector");

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException for a character or word that it does not know
     */
    static PromQl parse(String expression) {
        return new Reading(expression, tokens(expression)).all();
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        expression + ": '" + expression.charAt(at) + "' at " + at);
            }
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
            at = matcher.end();
        }
        return tokens;
    }

    /** One pass over the tokens. */
    private static final class Reading {

        private final String expression;
        private final List<String> tokens;
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> labels = new LinkedHashSet<>();
        private int at;

        Reading(String expression, List<String> tokens) {
            this.expression = expression;
            this.tokens = tokens;
        }

        PromQl all() {
            while (at < tokens.size()) {
                String token = tokens.get(at++);
                if (GROUPINGS.contains(token)) {
                    grouping();
                } else if (isName(token) && !OPERATORS.contains(token)) {
                    functionOrSelector(token);
                }
            }
            return new PromQl(selectors, labels);
        }

        private void grouping() {
            if (!next("(")) {
                return;
            }
            at++;
            while (!next(")")) {
                String token = tokens.get(at++);
                if (!token.equals(",")) {
                    labels.add(token);
                }
            }
            at++;
        }

        private void functionOrSelector(String name) {
            if (FUNCTIONS.contains(name)) {
                return;
            }
            if (next("(")) {
                throw new IllegalArgumentException(expression + ": " + name + " is no function");
            }
            List<Condition> conditions = new ArrayList<>();
            if (next("{")) {
                at++;
                while (!next("}")) {
                    conditions.add(condition());
                }
                at++;
            }
            selectors.add(new Selector(name, conditions));
        }

        private Condition condition() {
            if (next(",")) {
                at++;
            }
            String label = tokens.get(at++);
            String operator = tokens.get(at++);
            String text = tokens.get(at++);
            return new Condition(label, operator, text.substring(1, text.length() - 1));
        }

        private boolean next(String token) {
            return at < tokens.size() && tokens.get(at).equals(token);
        }

        private static boolean isName(String token) {
            return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
        }
    }
}
