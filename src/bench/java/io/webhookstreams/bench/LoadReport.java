/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What h2load printed.
 *
 * @param acknowledged answers with 2xx
 * @param others answers with another status
 * @param failed requests without an answer
 */
record LoadReport(long acknowledged, long others, long failed) {

    private static final Pattern CODES =
            Pattern.compile("status codes: (\\d+) 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) errored, (\\d+) timeout");

    static LoadReport parse(String output) throws IOException {
        return new LoadReport(
                number(CODES, output, 1),
                number(CODES, output, 2) + number(CODES, output, 3) + number(CODES, output, 4),
                number(REQUESTS, output, 1) + number(REQUESTS, output, 2));
    }

    private static long number(Pattern pattern, String output, int group) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("h2load: " + output + " (expected: " + pattern + ")");
        }
        return Long.parseLong(matcher.group(group));
    }
}
