/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flattens nested YAML to dotted keys. Every value stays the text that is written in the file, so
 * that {@code 0123} or {@code 1:30} means what one sees; what cannot be a value is a problem, told
 * by its key and never with its text, which may be a secret.
 */
final class YamlKeys {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> mappings = new HashSet<>();
    private final List<String> problems;

    private YamlKeys(List<String> problems) {
        this.problems = problems;
    }

    /**
     * Each key with its values: one for a scalar, any number for a list. An empty mapping is not a
     * key.
     *
     * @param problems where problems are added
     */
    static Map<String, List<String>> read(String yaml, List<String> problems) throws IOException {
        YamlKeys keys = new YamlKeys(problems);
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            keys.document(parser);
        } catch (JsonProcessingException e) {
            problems.add(at(e.getLocation()) + ": not YAML (expected: keys and values)");
        }
        return keys.values;
    }

    private void document(YAMLParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            problems.add("line 1: no mapping (expected: listener, source, streams, job)");
            return;
        }
        mapping("", parser);
        if (parser.nextToken() != null) {
            problems.add(at(parser.currentLocation()) + ": a second document (expected: one)");
        }
    }

    private void mapping(String prefix, YAMLParser parser) throws IOException {
        if (!mappings.add(prefix)) {
            problems.add(prefix + ": given twice (expected: once)");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key =
                    prefix.isEmpty() ? parser.currentName() : prefix + "." + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isStructStart() && SchemeItem.belongsTo(key)) {
                put(key, List.of(SchemeItem.read(key, parser, problems)));
            } else if (token == JsonToken.START_OBJECT) {
                mapping(key, parser);
            } else {
                put(key, token == JsonToken.START_ARRAY ? list(key, parser) : scalar(key, parser));
            }
        }
    }

    private void put(String key, List<String> value) {
        if (values.putIfAbsent(key, value) != null) {
            problems.add(key + ": given twice (expected: once)");
        }
    }

    private List<String> list(String key, YAMLParser parser) throws IOException {
        List<String> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isScalarValue()) {
                list.addAll(scalar(key, parser));
            } else if (SecretItem.belongsTo(key)
                    && parser.currentToken() == JsonToken.START_OBJECT) {
                SecretItem.read(key, parser, problems).ifPresent(list::add);
            } else {
                parser.skipChildren();
                problems.add(key + ": a nested list (expected: a list of values)");
            }
        }
        return list;
    }

    private List<String> scalar(String key, YAMLParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL || parser.getText().isEmpty()) {
            problems.add(key + ": empty (expected: a value)");
            return List.of();
        }
        if (parser.isCurrentAlias()) {
            problems.add(key + ": an alias (expected: the value itself)");
            return List.of();
        }
        return List.of(parser.getText());
    }

    private static String at(JsonLocation location) {
        return "line " + (location == null ? "?" : location.getLineNr());
    }
}
