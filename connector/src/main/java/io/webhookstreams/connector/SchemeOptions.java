/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of a stream whose sender no preset knows; see docs/custom-schemes.md. */
@PublicEvolving
public final class SchemeOptions {

    public static final ConfigOption<String> SCHEME =
            ConfigOptions.key("auth.scheme")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "With `auth.type: custom`, required: how requests are signed, in the"
                                    + " [words of the presets](custom-schemes.md); in YAML a mapping"
                                    + " or a list of them, in a program its text. Holds no secret.");

    private SchemeOptions() {}
}
