/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rule of a file of alerts. */
record Alert(
        String name, String expression, Map<String, String> labels, Map<String, String> notes) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static List<Alert> read(Path file) throws IOException {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : YAML.readTree(file.toFile()).required("groups")) {
            for (JsonNode rule : group.required("rules")) {
                alerts.add(
                        new Alert(
                                rule.required("alert").asText(),
                                rule.required("expr").asText(),
                                texts(rule.required("labels")),
                                texts(rule.required("annotations"))));
            }
        }
        return alerts;
    }

    private static Map<String, String> texts(JsonNode mapping) {
        Map<String, String> texts = new TreeMap<>();
        mapping.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }
}
