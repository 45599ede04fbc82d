/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.jobs.cli.PresetText;

import java.util.stream.Collectors;

/** A section for each preset, and the table that leads to them. */
final class PresetSections {

    private static final String HEAD =
            """
            | `auth.type` | sender | proof | sends again by itself |
            |---|---|---|---|
            """;

    private PresetSections() {}

    static String table() {
        return Presets.all().stream()
                .map(
                        preset ->
                                "| [`%s`](#%s) | %s | %s | %s |"
                                        .formatted(
                                                preset.name(),
                                                preset.name(),
                                                preset.title(),
                                                preset.proof(),
                                                preset.retries() ? "yes" : "no"))
                .collect(Collectors.joining("\n", HEAD, "\n"));
    }

    static String all() {
        return Presets.all().stream()
                .map(PresetSections::section)
                .collect(Collectors.joining("\n"));
    }

    private static String section(Preset preset) {
        return PresetText.facts(preset).entrySet().stream()
                .map(fact -> "- **" + fact.getKey() + ":** " + fact.getValue())
                .collect(
                        Collectors.joining(
                                "\n",
                                "## `%s`\n\n%s.\n\n".formatted(preset.name(), preset.title()),
                                "\n"));
    }
}
