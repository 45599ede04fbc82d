/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.connector.WebhookOptions;
import io.webhookstreams.connector.metrics.MetricDefinition.Scope;
import io.webhookstreams.jobs.JobOptions;
import io.webhookstreams.jobs.cli.PresetPage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class ReferencePagesTest {

    @Test
    void the_configuration_reference_says_what_the_options_declare() throws IOException {
        new GeneratedPage(
                        "configuration.md",
                        """
                        # Configuration

                        Generated from the declared options. The `webhooks` job reads one YAML file; keys may be nested or dotted. In the
                        DataStream API the same options are the constants of `ListenerOptions`, `SourceOptions` and `StreamOptions`. All problems
                        of a configuration are reported together: `webhooks check --config FILE`.

                        ```yaml
                        listener:
                          port: 8080-8089
                        source:
                          lanes: 32
                        streams:
                          orders:
                            path: /in/orders-5f0c9a
                            auth:
                              type: stripe
                              secrets: ["file:/run/secrets/stripe"]
                        job:
                          data-dir: /var/lib/webhooks
                        ```

                        ## `listener`

                        One HTTP listener in each TaskManager.

                        %s
                        ## `source`

                        %s
                        ## `streams.NAME`

                        One ingest endpoint each. A name is up to 63 of `a-z 0-9 _ -`.

                        %s
                        ## `job`

                        What the `webhooks` job does with events, and where it keeps its data. Flink's own options are given to Flink, as always.

                        %s\
                        """
                                .formatted(
                                        OptionTable.of(WebhookOptions.LISTENER),
                                        OptionTable.of(WebhookOptions.SOURCE),
                                        OptionTable.of(WebhookOptions.STREAM),
                                        OptionTable.of(
                                                WebhookOptions.declaredIn(JobOptions.class))))
                .check();
    }

    @Test
    void the_metrics_reference_says_what_the_code_registers() throws IOException {
        new GeneratedPage(
                        "metrics.md",
                        """
                        # Metrics

                        Generated from the code. Names stand below the group of the source operator's subtask, besides Flink's own
                        metrics of every source.

                        ## Each stream

                        %s
                        ## Each stream's secrets

                        SECRET is a secret's name. Shared by all readers of a TaskManager: read one of them, do not add them up. See
                        [rotation](rotation.md).

                        %s
                        ## The listener

                        Shared by all readers of a TaskManager: read one of them, do not add them up.

                        %s
                        ## Each reader

                        %s
                        ## The enumerator

                        %s
                        ## The `webhooks` job

                        %s\
                        """
                                .formatted(
                                        MetricTable.of(
                                                Scope.STREAM,
                                                Scope.STREAM_QUEUE,
                                                Scope.STREAM_CODE,
                                                Scope.STREAM_REASON,
                                                Scope.STREAM_CAUSE,
                                                Scope.STREAM_LIMIT,
                                                Scope.STREAM_RESULT),
                                        MetricTable.of(Scope.STREAM_SHARED, Scope.STREAM_SECRET),
                                        MetricTable.of(Scope.LISTENER),
                                        MetricTable.of(Scope.READER),
                                        MetricTable.of(Scope.ENUMERATOR),
                                        MetricTable.ofTheJob()))
                .check();
    }

    @Test
    void the_page_of_presets_says_what_ships() throws IOException {
        new GeneratedPage(
                        "presets.md",
                        """
                        # Presets

                        Generated from the presets of this build. A preset is what is known of one sender: how it proves itself, where its events say
                        what they are, how long it waits and what it does with a refusal. Its name is the stream's `auth.type`; a stream's own options win over it.
                        `webhooks presets NAME` prints the same page.

                        ```yaml
                        streams:
                          payments:
                            path: /in/payments-5f0c9a
                            auth:
                              type: stripe
                              secrets: ["2026-11=file:/run/secrets/stripe"]
                        ```

                        Begin with the sender's sandbox, where it has one, and a stream of its own: `webhooks new-stream` makes an unguessable path, `webhooks check`
                        tells what is missing and what is read from unsigned places, `webhooks send` signs a test event as the sender would. Each page says how the stream's public URL is registered at the sender, what the sender has
                        for trying it out, and what a gateway in front must leave as it is. Types that sign the URL (`{url}`) need `listener.public-url`.
                        Where the sender has a key pair, the secret is its public key; to send test events, make a pair of your own and give `webhooks send` the private half with `--signing-key`.

                        Which senders' own libraries and published signatures these are tested against: see the tests of `auth/`. The last column tells whether the sender's own documentation, SDK or
                        specification was read for the signature, for where events say what they are, and for time limits and retries; each preset's page tells it in words. Where a page says that something is not
                        documented, it was not found in a primary source.

                        %s\
                        """
                                .formatted(PresetSections.table()))
                .check();
    }

    @Test
    void each_presets_page_says_what_ships_and_there_is_no_other() throws IOException {
        Path folder = Files.createDirectories(GeneratedPage.root().resolve("docs/presets"));
        for (Preset preset : Presets.all()) {
            new GeneratedPage("presets/" + preset.name() + ".md", PresetPage.of(preset)).check();
        }

        try (Stream<Path> pages = Files.list(folder)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Presets.all().stream().map(preset -> preset.name() + ".md").toList());
        }
    }
}
