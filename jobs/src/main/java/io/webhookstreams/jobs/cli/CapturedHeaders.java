/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.InvalidSettingsException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headers as people write them down: {@code Name: value} lines, with or without the request line
 * above them, also as {@code curl -v} prints them or with the pseudo-headers of HTTP/2.
 *
 * @param method of the request line; empty where there is none
 * @param target of the request line, with its query
 * @param lines names and values, in the order of the file
 */
record CapturedHeaders(
        Optional<String> method, Optional<String> target, List<Map.Entry<String, String>> lines) {

    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (/\\S*)( HTTP/[0-9.]+)?");
    private static final Pattern HEADER =
            Pattern.compile("(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    /** What curl prints of itself, of TLS and of the answer. */
    private static final Pattern OTHER = Pattern.compile("[*<{}].*");

    /**
     * Reads a file's text.
     *
     * @throws InvalidSettingsException with every line that is no header; values are not told
     */
    static CapturedHeaders parse(String text) {
        String method = null;
        String target = null;
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\\r?\\n", -1)) {
            number++;
            String line = raw.startsWith(">") ? raw.substring(1).stripLeading() : raw;
            Matcher request = REQUEST_LINE.matcher(line);
            Matcher header = HEADER.matcher(line);
            if (line.isBlank() || OTHER.matcher(raw).matches()) {
                continue;
            }
            if (request.matches() && lines.isEmpty()) {
                method = request.group(1);
                target = request.group(2);
            } else if (!header.matches()) {
                problems.add("--headers: line " + number + " (expected: Name: value)");
            } else if (header.group(1).equals(":method")) {
                method = header.group(2);
            } else if (header.group(1).equals(":path")) {
                target = header.group(2);
            } else if (!header.group(1).startsWith(":")) {
                lines.add(Map.entry(header.group(1), header.group(2)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new CapturedHeaders(
                Optional.ofNullable(method), Optional.ofNullable(target), List.copyOf(lines));
    }

    /** The path of the request line. */
    Optional<String> path() {
        return target.map(text -> text.split("\\?", 2)[0]);
    }

    /** The query of the request line. */
    Optional<String> query() {
        return target.filter(text -> text.contains("?"))
                .map(text -> text.substring(text.indexOf('?') + 1));
    }
}
