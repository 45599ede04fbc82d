/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dashboard of Grafana as its JSON model tells it. */
record Dashboard(JsonNode model) {

    /** An expression, the title of what shows it, and the text of its legend. */
    record Query(String title, String expression, String legend) {}

    static Dashboard read(Path file) throws IOException {
        return new Dashboard(new ObjectMapper().readTree(file.toFile()));
    }

    /** All panels, rows among them. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        model.required("panels").forEach(panels::add);
        return panels;
    }

    /** What the panels and the variables ask for. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(
                        new Query(
                                panel.required("title").asText(),
                                target.required("expr").asText(),
                                target.required("legendFormat").asText()));
            }
        }
        for (JsonNode variable : model.required("templating").required("list")) {
            if (variable.required("type").asText().equals("query")) {
                queries.add(
                        new Query(
                                "variable " + variable.required("name").asText(),
                                withoutLabel(variable.required("definition").asText()),
                                ""));
            }
        }
        return queries;
    }

    /** {@code label_values(SELECTOR, label)}, without the label. */
    private static String withoutLabel(String definition) {
        return definition.replaceFirst(", \\w+\\)$", ")");
    }
}
