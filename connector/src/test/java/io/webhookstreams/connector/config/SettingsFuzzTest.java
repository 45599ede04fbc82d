/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookOptions;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Whatever stands in the options: settings, or all problems by their names and no secret. */
class SettingsFuzzTest {

    private static final int INPUTS = 10_000;
    private static final String SECRET = "s3cret-where-a-reference-belongs";

    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "-1",
                    "1",
                    "8080",
                    "8080-8089",
                    "99999999999999999999",
                    "1 s",
                    "10 days",
                    "999999999999 d",
                    "106751991167300 d",
                    "16mb",
                    "0b",
                    "9999999999g",
                    "true",
                    "pem",
                    "checkpoint",
                    "emit",
                    "bearer",
                    "stripe",
                    "custom",
                    "any-of",
                    "a.type:bearer,a.secrets:file:b,c.type:github",
                    "{algorithm: token, key: {decode: utf8}, signature: {from: 'query:k', parse:"
                            + " plain}}",
                    "/in/orders",
                    "POST",
                    "json:/id",
                    "header:x-id",
                    "query:id",
                    "file:/run/key",
                    "env:KEY",
                    "'",
                    "\"",
                    "a;b",
                    "'a",
                    "a:1,b:2",
                    "https://hooks.example.com",
                    "http://[",
                    "429",
                    "10.0.0.0/8",
                    "::1;192.0.2.1/24",
                    "rfc3339");

    private static final List<String> SECRETS =
            List.of(
                    SECRET,
                    "whsec_" + SECRET,
                    "'" + SECRET,
                    "\"" + SECRET,
                    "a=" + SECRET,
                    SECRET + ";'",
                    "[" + SECRET,
                    "env:" + SECRET,
                    "x;'" + SECRET + ";y");

    @Test
    void any_values_are_settings_or_problems() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    Configuration listener = some(WebhookOptions.LISTENER, random);
                    Configuration source = some(WebhookOptions.SOURCE, random);
                    Configuration stream = some(WebhookOptions.STREAM, random);
                    resolve(listener, source, stream);
                });
    }

    @Test
    void a_secret_in_place_of_a_reference_is_a_problem_by_its_name_and_is_not_told() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    Configuration listener = sound("port", "0");
                    Configuration stream = sound("path", "/in", "auth.type", "bearer");
                    stream.setString(StreamOptions.EVENT_ID.key(), "none");
                    boolean ofStream = random.nextBoolean();
                    boolean ofMember = random.nextBoolean();
                    if (ofMember) {
                        stream.set(StreamOptions.AUTH_TYPE, "any-of");
                    }
                    String ofWhom = ofMember ? "auth.of.gate.secrets" : "auth.secrets";
                    String key = ofStream ? ofWhom : ListenerOptions.ADMIN_TOKEN.key();
                    (ofStream ? stream : listener).setString(key, any(SECRETS, random));

                    String problems = resolve(listener, new Configuration(), stream);

                    assertThat(problems).contains(key);
                    // Not by doesNotContain, which would print what it has found.
                    assertThat(problems.contains(SECRET)).as("says the secret").isFalse();
                });
    }

    @Test
    void every_option_that_is_wrong_is_named() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    Configuration listener = new Configuration();
                    Configuration stream = new Configuration();
                    List<String> wrong = List.of("port", "idle-timeout", "held.max-bytes");
                    wrong.forEach(key -> listener.setString(key, "x" + Damage.snippet(random)));
                    List<String> too = List.of("answer-deadline", "max-body", "event-time-format");
                    too.forEach(key -> stream.setString(key, "x" + Damage.snippet(random)));

                    String problems = resolve(listener, new Configuration(), stream);

                    assertThat(wrong)
                            .allSatisfy(key -> assertThat(problems).contains("listener." + key));
                    assertThat(too)
                            .allSatisfy(key -> assertThat(problems).contains("streams.s." + key));
                });
    }

    /** The problems, empty where there are none; every other exception fails the property. */
    private static String resolve(
            Configuration listener, Configuration source, Configuration stream) {
        try {
            SourceSettings settings =
                    SettingsResolver.resolve(
                            "source", listener, source, Map.of("s", stream), List.of());
            assertThat(settings.watchdogTimeout().toNanos()).isPositive();
            return "";
        } catch (InvalidSettingsException e) {
            return String.join("\n", e.problems());
        }
    }

    private static Configuration sound(String... keysAndValues) {
        Configuration configuration = new Configuration();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configuration.setString(keysAndValues[i], keysAndValues[i + 1]);
        }
        return configuration;
    }

    private static Configuration some(List<ConfigOption<?>> options, SplittableRandom random) {
        Configuration configuration = new Configuration();
        for (ConfigOption<?> option : options) {
            if (random.nextInt(3) > 0) {
                String value = any(VALUES, random);
                boolean whole = random.nextBoolean();
                configuration.setString(option.key(), whole ? value : Damage.of(value, random));
            }
        }
        return configuration;
    }

    private static String any(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
