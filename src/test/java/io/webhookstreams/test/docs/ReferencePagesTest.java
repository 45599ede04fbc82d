/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import io.webhookstreams.connector.config.Options;
import io.webhookstreams.connector.metrics.MetricDefinition.Scope;
import io.webhookstreams.jobs.JobOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;

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

                        %s"""
                                .formatted(
                                        OptionTable.of(Options.LISTENER),
                                        OptionTable.of(Options.SOURCE),
                                        OptionTable.of(Options.STREAM),
                                        OptionTable.of(Options.declaredIn(JobOptions.class))))
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
                        ## The listener

                        Shared by all readers of a TaskManager: read one of them, do not add them up.

                        %s
                        ## Each reader

                        %s
                        ## The enumerator

                        %s
                        ## The `webhooks` job

                        %s"""
                                .formatted(
                                        MetricTable.of(
                                                Scope.STREAM,
                                                Scope.STREAM_CODE,
                                                Scope.STREAM_CAUSE),
                                        MetricTable.of(Scope.LISTENER),
                                        MetricTable.of(Scope.READER),
                                        MetricTable.of(Scope.ENUMERATOR),
                                        MetricTable.ofTheJob()))
                .check();
    }
}
