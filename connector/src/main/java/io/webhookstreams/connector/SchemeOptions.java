/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.connector.config.AuthReader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.Map;

import javax.annotation.Nullable;

/**
 * Options of a stream whose sender no preset knows, or that proves itself in several ways; see
 * docs/custom-schemes.md and docs/combining.md.
 */
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

    public static final ConfigOption<Map<String, String>> OF =
            ConfigOptions.key("auth.of")
                    .mapType()
                    .noDefaultValue()
                    .withDescription(
                            "With `auth.type: any-of` and `all-of`, required: 2 to 4"
                                    + " [members](combining.md), each by a name of yours, with the"
                                    + " `auth` options of a stream: `auth.of.NAME.type`,"
                                    + " `auth.of.NAME.secrets` and so on.");

    private SchemeOptions() {}

    /**
     * What a stream's options, which have no problems, say of how its requests prove themselves.
     *
     * @param publicUrl the listener's, without a slash at the end; null where it is not configured
     */
    @Internal
    public static AuthSettings auth(Configuration stream, @Nullable String publicUrl) {
        return AuthReader.read("", publicUrl, stream, new ArrayList<>());
    }
}
