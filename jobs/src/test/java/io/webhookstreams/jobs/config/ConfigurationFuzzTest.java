/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;
import io.webhookstreams.jobs.WebhooksGraph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whatever stands in the configuration file: a job, or problems that name what is wrong. */
class ConfigurationFuzzTest {

    private static final int INPUTS = 3_000;
    private static final String SECRET = "s3cret-where-a-reference-belongs";

    private static final String EVERYTHING =
            """
            # A comment.
            listener:
              port: 8080-8089
              health: {port: "8090"}
              admin:
                token: file:admin-token
              held.max-bytes: 64mb
            source:
              lanes: 16
              on-error: emit
            streams:
              orders:
                path: /in/orders
                auth: {type: bearer, secrets: [file:a, "env:B"]}
                event-id: json:/id
                content-types: [application/json, text/plain]
              billing:
                path: '/in/billing'
                auth:
                  type: stripe
                  secrets:
                    - file:stripe
              tickets:
                path: /in/tickets
                auth:
                  type: custom
                  secrets: [file:tickets]
                  scheme:
                    - algorithm: hmac-sha256
                      key: {decode: utf8}
                      signature: {from: 'header:x-sig', parse: plain, encoding: hex}
                      content: '{ts}.{body}'
                      timestamp: {from: 'header:x-time', format: s, past: 300}
                event-id: none
              code:
                path: /in/code
                auth:
                  type: all-of
                  of:
                    gate: {type: bearer, secrets: [file:gate]}
                    hub: {type: github, secrets: [{from: file:hub, name: live}]}
                event-id: none
            job:
              data-dir: data
              checkpoint-interval: 500 ms
              windows: {size: 1 min, allowed-lateness: 0 s}
              dedup.changing-bodies: [orders]
              files.roll-size: 128 mb
            """;

    /** Ways in which people write a secret where a reference belongs. */
    private static final List<String> WRITTEN =
            List.of(
                    "%s",
                    "[%s]",
                    "\"%s\"",
                    "['%s', file:a]",
                    "env:%s",
                    "- %s",
                    "|\n      %s",
                    ">\n      %s",
                    "[[%s]]",
                    "{a: %s}",
                    "live=%s",
                    "'whsec_%s'",
                    "!!str %s",
                    "&a %s",
                    "[%s, *a]",
                    "[\"%s\"");

    @TempDir Path folder;

    @Test
    void damaged_text_is_a_job_or_problems() {
        Fuzz.inputs(INPUTS, random -> load(Damage.of(EVERYTHING, random)));
    }

    @Test
    void damaged_bytes_are_a_job_or_problems() {
        byte[] valid = EVERYTHING.getBytes(StandardCharsets.UTF_8);
        Fuzz.inputs(INPUTS, random -> load(Damage.of(valid, random)));
    }

    @Test
    void a_secret_in_place_of_a_reference_is_not_told_however_it_is_written() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String written = WRITTEN.get(random.nextInt(WRITTEN.size())).formatted(SECRET);
                    String reference =
                            random.nextBoolean() ? "file:admin-token" : "[file:a, \"env:B\"]";

                    String problems = load(EVERYTHING.replace(reference, written));

                    // Not by doesNotContain, which would print what it has found.
                    assertThat(problems.contains(SECRET)).as("says the secret").isFalse();
                    assertThat(problems).as(written).isNotEmpty();
                });
    }

    @Test
    void nothing_is_nested_too_deeply_or_referred_to_too_often() throws Exception {
        assertThat(load("a: ".repeat(2_000))).isNotEmpty();
        assertThat(load("[".repeat(100_000))).isNotEmpty();
        assertThat(load("{a: ".repeat(100_000))).isNotEmpty();
        assertThat(load("job: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")).contains("an alias");
    }

    private String load(String yaml) throws IOException {
        return load(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The problems, empty where there are none; every other exception fails the property. */
    private String load(byte[] yaml) throws IOException {
        try {
            JobDefinition job =
                    JobDefinition.load(Files.write(folder.resolve("webhooks.yaml"), yaml));
            assertThat(WebhooksGraph.environment(job.settings()).keySet()).isNotEmpty();
            return "";
        } catch (InvalidSettingsException e) {
            return String.join("\n", e.problems());
        }
    }
}
