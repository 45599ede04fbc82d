/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.RetryAfterForm.Unit;
import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;
import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class DeadlineOptionsTest {

    private final Configuration source = new Configuration();

    @Test
    void defaults() {
        StreamSettings stream = stream("none");
        CheckpointSettings checkpoints = resolve(Map.of()).checkpoints();

        assertThat(stream.answerDeadline()).isEqualTo(Duration.ofSeconds(8));
        assertThat(stream.deadlines())
                .isEqualTo(new DeadlineSettings(null, 503, true, RetryAfterSettings.USUAL));
        assertThat(checkpoints)
                .isEqualTo(
                        new CheckpointSettings(
                                Duration.ofMillis(500),
                                DeadlineCheck.FAIL,
                                false,
                                Duration.ofSeconds(1)))
                .isEqualTo(CheckpointSettings.defaults());
    }

    @Test
    void every_key_is_mapped() {
        source.setString("deadline-check", "warn");
        source.setString("expected-checkpoint-duration", "2 s");
        source.setString("cadence.on-demand", "true");
        source.setString("cadence.idle-after", "3 s");
        String[] keys = {
            "vendor-deadline", "6 s",
            "deadline-margin", "1 s",
            "deadline-status", "504",
            "retry-after.max", "20 s",
            "retry-after.unit", "ms"
        };

        StreamSettings stream = stream("none", keys);

        assertThat(keys).hasSize(2 * WebhookOptions.declaredIn(DeadlineOptions.class).size());
        assertThat(source.keySet())
                .hasSize(WebhookOptions.declaredIn(CheckpointOptions.class).size());
        assertThat(stream.deadlines())
                .isEqualTo(
                        new DeadlineSettings(
                                Duration.ofSeconds(6),
                                504,
                                true,
                                new RetryAfterSettings(
                                        Unit.MILLISECONDS, Set.of(), Duration.ofSeconds(20))));
        assertThat(stream.answerDeadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(resolve(Map.of()).checkpoints())
                .isEqualTo(
                        new CheckpointSettings(
                                Duration.ofSeconds(2),
                                DeadlineCheck.WARN,
                                true,
                                Duration.ofSeconds(3)));
    }

    @Test
    void the_preset_knows_what_its_vendor_does() {
        assertThat(stream("slack").deadlines())
                .isEqualTo(
                        new DeadlineSettings(
                                Duration.ofSeconds(3), 503, true, RetryAfterSettings.USUAL));
        assertThat(stream("slack").answerDeadline()).isEqualTo(Duration.ofMillis(2_400));
        assertThat(stream("github").deadlines().sentAgain()).isFalse();
        assertThat(stream("stripe").deadlines().vendor()).as("not documented").isNull();
        assertThat(stream("hubspot").deadlines().retryAfter())
                .isEqualTo(
                        new RetryAfterSettings(
                                Unit.MILLISECONDS, Set.of(429), Duration.ofMinutes(1)));
        assertThat(stream("hubspot", "retry-after.unit", "ms").deadlines().retryAfter().statuses())
                .as("what a stream says itself holds after every status")
                .isEmpty();
        assertThat(stream("zendesk").deadlines().retryAfter())
                .isEqualTo(new RetryAfterSettings(Unit.SECONDS, Set.of(), Duration.ofSeconds(59)));
    }

    @Test
    void the_answer_deadline_itself_wins() {
        assertThat(stream("slack", "answer-deadline", "1 s", "deadline-margin", "4 s"))
                .extracting(StreamSettings::answerDeadline)
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_answer_that_the_vendor_does_not_wait_for_is_a_caution() {
        assertThat(
                        DeadlinePlanner.afterTheVendor(
                                List.of(
                                        stream("slack", "answer-deadline", "3 s"),
                                        stream("slack", "answer-deadline", "2999 ms"),
                                        stream("stripe", "answer-deadline", "1 h"))))
                .containsExactly(
                        "streams.s.answer-deadline: 3000 ms is not less than vendor-deadline, which"
                                + " is 3000 ms: the vendor gives up before it is told that a"
                                + " delivery is late");
    }

    @Test
    void a_margin_that_leaves_nothing_is_a_problem_and_so_are_other_statuses() {
        assertThatThrownBy(
                        () -> stream("slack", "deadline-margin", "3 s", "deadline-status", "200"))
                .hasMessageContaining(
                        "streams.s.deadline-margin: PT3S (expected: less than vendor-deadline, which"
                                + " is PT3S)")
                .hasMessageContaining(
                        "streams.s.deadline-status: 200 (expected: one of 429, 500, 502, 503, 504)");
    }

    @Test
    void each_unreadable_value_is_one_problem() {
        source.setString("deadline-check", "maybe");

        assertThatThrownBy(
                        () ->
                                stream(
                                        "none",
                                        "vendor-deadline",
                                        "soon",
                                        "deadline-margin",
                                        "-1 s",
                                        "retry-after.max",
                                        "1 s",
                                        "retry-after.unit",
                                        "min"))
                .hasMessageContaining("streams.s.retry-after.max: PT1S (expected: at least PT2S)")
                .hasMessageContaining("streams.s.retry-after.unit: min (expected: s or ms)")
                .hasMessageContaining("streams.s.vendor-deadline: soon (expected: a duration such")
                .hasMessageContaining("streams.s.deadline-margin: -1 s")
                .hasMessageContaining("source.deadline-check: maybe (expected: fail, warn, off)");
    }

    private StreamSettings stream(String auth, String... more) {
        Map<String, String> options =
                new HashMap<>(Map.of("path", "/s", "auth.type", auth, "event-id", "none"));
        if (!auth.equals("none")) {
            options.put("auth.secrets", "env:S");
        }
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return resolve(options).streams().get(0);
    }

    private SourceSettings resolve(Map<String, String> stream) {
        Map<String, String> options =
                stream.isEmpty()
                        ? Map.of("path", "/s", "auth.type", "none", "event-id", "none")
                        : stream;
        return SettingsResolver.resolve(
                "source",
                Configuration.fromMap(Map.of("public-url", "https://hooks.example.com")),
                source,
                Map.of("s", Configuration.fromMap(options)),
                List.of());
    }
}
