/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.auth.vendor.VendorSettings;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.List;

/** Options of a stream whose vendor must be told apart by more than a secret. */
@PublicEvolving
public final class VendorOptions {

    public static final ConfigOption<List<String>> TOPICS =
            ConfigOptions.key("auth.topics")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "With `aws-sns`, required: the ARNs of the topics that may send."
                                    + " Anybody can have a topic that posts here.");

    public static final ConfigOption<String> WEBHOOK_ID =
            ConfigOptions.key("auth.webhook-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "With `paypal`, required: the id that PayPal has given to the webhook.");

    private VendorOptions() {}

    /** What the options say together, unjudged. */
    @Internal
    public static VendorSettings settings(JwtOptions.Reader options) {
        return new VendorSettings(options.read(TOPICS), options.read(WEBHOOK_ID));
    }
}
