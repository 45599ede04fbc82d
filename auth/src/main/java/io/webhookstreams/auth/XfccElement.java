/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one proxy says of its client in {@code X-Forwarded-Client-Cert}: pairs {@code Key=value}
 * between semicolons, elements between commas, values with either of them in double quotes, a
 * double quote in those behind a backslash. Form and order are those of <a
 * href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert">Envoy's
 * documentation</a>: each proxy appends its own element, so that the last one is the nearest
 * proxy's and all before it may come from anybody.
 *
 * @param values by key in lower case, in their order; with their backslashes
 */
record XfccElement(Map<String, List<String>> values) {

    /** The last element of a header, all of which has to be well formed. */
    static XfccElement last(String header) throws RefusedException {
        Parser parser = new Parser(header);
        XfccElement element;
        do {
            element = parser.element();
        } while (parser.hasMore());
        return element;
    }

    /** All values of a key; empty for none. */
    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /**
     * The value of a key that may be there once.
     *
     * @return empty where it is absent
     * @throws RefusedException where it is there again: which of them is the proxy's?
     */
    String one(String key) throws RefusedException {
        List<String> found = all(key);
        if (found.size() > 1) {
            throw new RefusedException(
                    Cause.DUPLICATE_CREDENTIAL,
                    "x-forwarded-client-cert: a key of the last element twice");
        }
        return found.isEmpty() ? "" : found.get(0);
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        boolean hasMore() {
            return at < text.length();
        }

        XfccElement element() throws RefusedException {
            Map<String, List<String>> values = new HashMap<>();
            char end;
            do {
                String key = key();
                values.computeIfAbsent(key, k -> new ArrayList<>()).add(value());
                end = separator();
            } while (end == ';');
            return new XfccElement(values);
        }

        private String key() throws RefusedException {
            skipSpaces();
            int start = at;
            while (hasMore() && isLetter(text.charAt(at))) {
                at++;
            }
            if (at == start || !hasMore() || text.charAt(at) != '=') {
                throw malformed();
            }
            return text.substring(start, at++).toLowerCase(Locale.ROOT);
        }

        private String value() throws RefusedException {
            if (hasMore() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (hasMore() && text.charAt(at) != ';' && text.charAt(at) != ',') {
                if (text.charAt(at) == '"') {
                    throw malformed();
                }
                at++;
            }
            return text.substring(start, at).strip();
        }

        /** A backslash and what follows it belong together, so {@code \\} does not hide a quote. */
        private String quoted() throws RefusedException {
            int start = ++at;
            while (hasMore() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (!hasMore()) {
                throw malformed();
            }
            return text.substring(start, at++);
        }

        /** The separator, which another pair has to follow, or 0 at the end. */
        private char separator() throws RefusedException {
            skipSpaces();
            if (!hasMore()) {
                return 0;
            }
            char separator = text.charAt(at++);
            if ((separator != ';' && separator != ',') || !hasMore()) {
                throw malformed();
            }
            return separator;
        }

        private void skipSpaces() {
            while (hasMore() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static RefusedException malformed() {
            return new RefusedException(
                    Cause.MALFORMED_CREDENTIAL,
                    "x-forwarded-client-cert: malformed (expected: Key=value;Key=\"value\",…)");
        }
    }
}
