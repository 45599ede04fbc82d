/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;

/** Options of a stream that follow from its vendor's clock; see docs/deadlines.md. */
@PublicEvolving
public final class DeadlineOptions {

    public static final ConfigOption<Duration> VENDOR_DEADLINE =
            ConfigOptions.key("vendor-deadline")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long the vendor waits for an answer before it gives the attempt"
                                    + " up. Default: the preset's, or 10 s where it is not known.");

    public static final ConfigOption<Duration> DEADLINE_MARGIN =
            ConfigOptions.key("deadline-margin")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long before `vendor-deadline` a delivery that is not durable yet"
                                    + " is answered, so that the answer has time for its way."
                                    + " `answer-deadline` is what remains, unless it is set itself."
                                    + " Default: a fifth of `vendor-deadline`.");

    public static final ConfigOption<Integer> DEADLINE_STATUS =
            ConfigOptions.key("deadline-status")
                    .intType()
                    .defaultValue(503)
                    .withDescription(
                            "With which status `not_durable_in_time` is answered: 429, 500, 502,"
                                    + " 503 or 504, whichever makes the vendor send again.");

    public static final ConfigOption<Duration> RETRY_AFTER_MAX =
            ConfigOptions.key("retry-after.max")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "The longest wait that `Retry-After` asks for. Default: what the preset"
                                    + " says that the vendor honours, or 1 min.");

    public static final ConfigOption<String> RETRY_AFTER_UNIT =
            ConfigOptions.key("retry-after.unit")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What the number in `Retry-After` counts: `s`, or `ms` for vendors that"
                                    + " read it so (HubSpot, after a 429). Default: the preset's, after"
                                    + " the statuses that it names, or `s`. What is set here holds after"
                                    + " every status.");

    private DeadlineOptions() {}
}
