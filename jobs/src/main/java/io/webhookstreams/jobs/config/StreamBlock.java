/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds a stream to the text of a configuration file, at the end of its streams, and leaves every
 * other character as it is: comments and order are the user's.
 */
final class StreamBlock {

    private static final Pattern STREAMS = Pattern.compile("streams\\s*:\\s*(#.*)?");
    private static final Pattern ONE_LINE_STREAMS = Pattern.compile("[\"']?streams[\"']?\\s*:.*");
    private static final Pattern INDENTED = Pattern.compile("( +)[^\\s#].*");
    private static final String DEFAULT_INDENT = "  ";

    private StreamBlock() {}

    /**
     * The text with the stream.
     *
     * @param lines the stream's own lines, the first its name, indented by two spaces a level
     * @throws IllegalArgumentException if the streams are not written as a block
     */
    static String append(String yaml, List<String> lines) {
        List<String> text = new ArrayList<>(yaml.lines().toList());
        int streams = indexOfStreams(text);
        if (streams < 0) {
            text.add("streams:");
            streams = text.size() - 1;
        }
        int end = endOfBlock(text, streams);
        String indent = indentOf(text.subList(streams + 1, end));
        List<String> block =
                lines.stream().map(line -> indent + line.replace(DEFAULT_INDENT, indent)).toList();
        text.addAll(end, block);
        String lineEnd = yaml.contains("\r\n") ? "\r\n" : "\n";
        return String.join(lineEnd, text) + lineEnd;
    }

    private static int indexOfStreams(List<String> text) {
        for (int i = 0; i < text.size(); i++) {
            if (STREAMS.matcher(text.get(i)).matches()) {
                return i;
            }
            if (ONE_LINE_STREAMS.matcher(text.get(i)).matches()) {
                throw new IllegalArgumentException(
                        "streams: on one line (expected: a block of lines, so that one can be"
                                + " added)");
            }
        }
        return -1;
    }

    /** Behind the last line that is indented; comments and blank lines after it are not its own. */
    private static int endOfBlock(List<String> text, int streams) {
        int end = streams + 1;
        for (int i = streams + 1; i < text.size(); i++) {
            String line = text.get(i);
            if (INDENTED.matcher(line).matches()) {
                end = i + 1;
            } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                break;
            }
        }
        return end;
    }

    private static String indentOf(List<String> block) {
        return block.stream()
                .map(INDENTED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .findFirst()
                .orElse(DEFAULT_INDENT);
    }
}
