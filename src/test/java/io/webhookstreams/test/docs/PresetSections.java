/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import io.webhookstreams.auth.Presets;
import io.webhookstreams.auth.Provenance;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table that leads to the presets' pages. */
final class PresetSections {

    private static final String HEAD =
            """
            | `auth.type` | sender | proof | sends again by itself | signature, events, deliveries: verified |
            |---|---|---|---|---|
            """;

    private PresetSections() {}

    static String table() {
        return Presets.all().stream()
                .map(
                        preset ->
                                "| [`%s`](presets/%s.md) | %s | %s | %s | %s |"
                                        .formatted(
                                                preset.name(),
                                                preset.name(),
                                                preset.title(),
                                                preset.proof(),
                                                preset.retries() ? "yes" : "no",
                                                known(preset.provenance())))
                .collect(Collectors.joining("\n", HEAD, "\n"));
    }

    private static String known(Provenance provenance) {
        return provenance == null
                ? "–"
                : Stream.of(provenance.signature(), provenance.event(), provenance.delivery())
                        .map(mark -> mark == Provenance.Mark.VERIFIED ? "yes" : "no")
                        .collect(Collectors.joining(", "));
    }
}
