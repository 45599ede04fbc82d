/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Whether a stream recognises retries before they reach the job; see docs/senders.md. */
@PublicEvolving
public final class CoalescingOptions {

    public static final ConfigOption<Boolean> ENABLED =
            ConfigOptions.key("coalescing.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "A retry (the same event id, at most 1024 characters, and the same body)"
                                    + " of a delivery that waits for its checkpoint is not queued again"
                                    + " and answered with it; one that is durable and still remembered"
                                    + " is answered at once. Within one reader and one attempt of the"
                                    + " job; see `coalescing.max-bytes` of the source.");

    private CoalescingOptions() {}
}
