/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.InvalidSettingsException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ReadmeTest {

    private static final Path ROOT = GeneratedPage.root();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void the_example_is_the_one_that_compiles() throws IOException {
        String source =
                Files.readString(
                        ROOT.resolve(
                                "src/test/java/io/webhookstreams/test/docs/ReadmeExample.java"));
        String example =
                source.split("        // README\n", -1)[1].stripTrailing().stripIndent() + "\n";

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("```java\n" + example + "```\n");
    }

    @Test
    void the_example_builds_a_job_that_keeps_the_promise() {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///tmp/checkpoints");
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);

        ReadmeExample.orders(env).print();

        assertThat(env.getStreamGraph().getJobGraph().getVerticesAsArray()).isNotEmpty();
    }

    @Test
    void the_example_is_refused_where_it_could_not_keep_the_promise() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

        assertThatThrownBy(() -> ReadmeExample.orders(env))
                .isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void every_link_in_the_documentation_leads_somewhere() throws IOException {
        try (var pages = Files.newDirectoryStream(ROOT.resolve("docs"), "*.md")) {
            for (Path page : pages) {
                checkLinks(page);
            }
        }
        checkLinks(ROOT.resolve("README.md"));
    }

    private static void checkLinks(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            assertThat(page.resolveSibling(links.group(1))).as("a link of %s", page).exists();
        }
    }
}
