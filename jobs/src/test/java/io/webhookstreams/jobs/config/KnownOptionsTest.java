/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration file knows every option that the connector declares. */
class KnownOptionsTest {

    @TempDir Path folder;

    @Test
    void every_option_of_the_connector_can_stand_in_the_file() throws Exception {
        assertThat(unknown("listener", WebhookOptions.LISTENER)).isEmpty();
        assertThat(unknown("source", WebhookOptions.SOURCE)).isEmpty();
        assertThat(unknown("streams.orders", WebhookOptions.STREAM)).isEmpty();
    }

    @Test
    void another_cannot() throws Exception {
        assertThat(unknown("listener", WebhookOptions.STREAM)).isNotEmpty();
    }

    private List<String> unknown(String group, List<ConfigOption<?>> options) throws IOException {
        List<String> problems = new ArrayList<>();
        for (ConfigOption<?> option : options) {
            String yaml = group + "." + option.key() + ": x\n";
            ConfigurationFile.read(
                    Files.writeString(folder.resolve("webhooks.yaml"), yaml), problems);
        }
        return problems.stream().filter(problem -> problem.contains(": unknown")).toList();
    }
}
