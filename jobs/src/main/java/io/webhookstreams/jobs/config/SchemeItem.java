/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A scheme that is written as a mapping, or several as a list. It becomes the text that the option
 * takes: JSON, in which every scalar is the text that stands in the file.
 */
final class SchemeItem {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern KEY = Pattern.compile(".*\\.auth\\.(of\\.[^.]+\\.)?scheme");

    private SchemeItem() {}

    /** Whether a scheme stands below a key. */
    static boolean belongsTo(String key) {
        return KEY.matcher(key).matches();
    }

    /**
     * Reads a mapping or list, to its end.
     *
     * @param problems where problems are added, without any text of the mapping
     */
    static String read(String key, YAMLParser parser, List<String> problems) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            do {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                write(key, token, parser, json, problems);
                token = depth == 0 ? null : parser.nextToken();
            } while (token != null);
        }
        return text.toString();
    }

    private static void write(
            String key,
            JsonToken token,
            YAMLParser parser,
            JsonGenerator json,
            List<String> problems)
            throws IOException {
        switch (token) {
            case START_OBJECT -> json.writeStartObject();
            case END_OBJECT -> json.writeEndObject();
            case START_ARRAY -> json.writeStartArray();
            case END_ARRAY -> json.writeEndArray();
            case FIELD_NAME -> json.writeFieldName(parser.currentName());
            case VALUE_NULL -> {
                problems.add(key + ": an empty field (expected: a value, or no such field)");
                json.writeNull();
            }
            default -> {
                if (parser.isCurrentAlias()) {
                    problems.add(key + ": an alias (expected: the value itself)");
                }
                json.writeString(parser.getText());
            }
        }
    }
}
