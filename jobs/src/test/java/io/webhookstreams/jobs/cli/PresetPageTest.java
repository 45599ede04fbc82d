/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.jobs.config.JobDefinition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What users are told of each preset. */
class PresetPageTest {

    @TempDir Path folder;

    static Collection<Preset> presets() {
        return Presets.all();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void its_configuration_has_no_problems(Preset preset) throws IOException {
        Path file = folder.resolve("webhooks.yaml");
        Files.writeString(file, PresetPage.configuration(preset) + "job: {data-dir: here}\n");

        assertThat(JobDefinition.load(file).streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.authType()).isEqualTo(preset.name()));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void so_have_its_low_limits_and_its_place_behind_a_gateway(Preset preset) throws IOException {
        Path file = folder.resolve("webhooks.yaml");
        String stream = PresetPage.configuration(preset);
        String limits =
                PresetPage.LOW_LIMITS.substring(PresetPage.LOW_LIMITS.indexOf("    profile"));
        Files.writeString(
                file,
                PresetGateway.LISTENER
                        + stream.substring(stream.indexOf("streams:"))
                        + limits
                        + "job: {data-dir: here}\n");

        assertThat(JobDefinition.load(file).streams()).hasSize(1);
        assertThat(PresetPage.of(preset))
                .contains(PresetPage.LOW_LIMITS, PresetGateway.LISTENER)
                .contains(preset.register(), preset.sandbox());
    }

    @Test
    void a_gateway_is_told_what_this_sender_signs() {
        assertThat(page("square"))
                .contains("signed with it, so they are what the sender has", "byte for byte");
        assertThat(page("stripe")).contains("`stripe-signature`").doesNotContain("signed with it");
        assertThat(page("okta"))
                .contains("`authorization`", "GET and POST")
                .contains("proves nothing");
        assertThat(page("meta")).contains("`hub.verify_token`");
        assertThat(page("hubspot")).contains("waits 5 s");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void it_tells_what_is_not_covered_and_how_well_all_is_known(Preset preset) {
        assertThat(PresetPage.of(preset))
                .contains(PresetPage.configuration(preset), preset.secret(), preset.notCovered())
                .contains("- **Known from:** ", "webhooks verify")
                .doesNotContain("null");
    }

    private static String page(String preset) {
        return PresetPage.of(Presets.named(preset).orElseThrow());
    }
}
