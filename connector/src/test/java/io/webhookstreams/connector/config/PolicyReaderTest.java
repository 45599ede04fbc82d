/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class PolicyReaderTest {

    @Test
    void without_options_a_stream_queues_as_the_reference_says() {
        assertThat(policy(Map.of()))
                .isEqualTo(
                        new PolicySettings(
                                Policy.QUEUE,
                                1,
                                1_000_000,
                                0.9,
                                0.75 * 0.9,
                                Duration.ofSeconds(1),
                                256,
                                0.8,
                                null));
    }

    @Test
    void every_key_is_mapped() {
        Map<String, String> all = new HashMap<>();
        all.put("policy", "shed");
        all.put("weight", "7");
        all.put("queue.max-deliveries", "1000");
        all.put("queue.high-water", "0.5");
        all.put("queue.low-water", "0.25");
        all.put("queue.max-wait", "300 ms");
        all.put("queue.max-waiting", "0");
        all.put("queue.alert-level", "0.6");
        all.put("shed.budget", "0.0123459");
        all.put("shed.keep", "0.2");
        all.put("shed.window", "5 min");
        all.put("shed.ledger", "true");

        assertThat(all).hasSize(WebhookOptions.declaredIn(PolicyOptions.class).size());
        assertThat(policy(all))
                .isEqualTo(
                        new PolicySettings(
                                Policy.SHED,
                                7,
                                1_000,
                                0.5,
                                0.25,
                                Duration.ofMillis(300),
                                0,
                                0.6,
                                new ShedSettings(0.2, 12_345, Duration.ofMinutes(5), true)));
    }

    @Test
    void a_short_deadline_shortens_the_wait() {
        assertThat(policy(Map.of("answer-deadline", "2 s")).maxWait())
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void every_bound_is_reported_with_its_expectation() {
        Map<String, String> wrong =
                Map.of(
                        "policy", "drop",
                        "weight", "0",
                        "queue.max-deliveries", "0",
                        "queue.high-water", "1.5",
                        "queue.max-wait", "8 s",
                        "queue.max-waiting", "-1",
                        "queue.alert-level", "much");

        assertThat(problems(wrong))
                .contains(
                        "streams.s.policy: drop (expected: queue, reject, shed)",
                        "streams.s.weight: 0 (expected: 1 to 1000)",
                        "streams.s.queue.max-deliveries: 0 (expected: 1 to 2147483647)",
                        "streams.s.queue.high-water: 1.5 (expected: more than 0, and up to 1)",
                        "streams.s.queue.max-wait: PT8S (expected: less than answer-deadline, which is PT8S)",
                        "streams.s.queue.max-waiting: -1 (expected: 0 to 100000)",
                        "streams.s.queue.alert-level: much (expected: a number such as 0.5)");
    }

    @Test
    void the_low_water_is_below_the_high_one() {
        Map<String, String> wrong = Map.of("queue.high-water", "0.4", "queue.low-water", "0.4");

        assertThat(problems(wrong))
                .containsExactly(
                        "streams.s.queue.low-water: 0.4 (expected: less than queue.high-water,"
                                + " which is 0.4)");
    }

    @Test
    void a_stream_that_sheds_says_how_much_it_may_lose() {
        assertThat(problems(Map.of("policy", "shed", "shed.keep", "1", "tier", "accept")))
                .containsExactly(
                        "streams.s.policy: shed (expected: tier checkpoint beside it, which answers"
                                + " what is shed)",
                        "streams.s.shed.budget: missing (expected: 0.000001 to 0.5, the part that"
                                + " may be lost)",
                        "streams.s.shed.keep: 1.0 (expected: less than 1)");
        assertThat(
                        problems(
                                Map.of(
                                        "policy", "shed",
                                        "shed.budget", "0.6",
                                        "shed.window", "40 d")))
                .containsExactly(
                        "streams.s.shed.budget: 0.6 (expected: 0.000001 to 0.5)",
                        "streams.s.shed.window: PT960H (expected: 1 s to 30 d)");
    }

    @Test
    void a_stream_that_answers_before_anything_is_durable_is_warned_of() {
        SourceSettings source =
                new TestStreams()
                        .with("quick", s -> s.setString(StreamOptions.TIER.key(), "accept"))
                        .with("safe", s -> {})
                        .source();

        assertThat(LossWarnings.of(source.streams()))
                .singleElement()
                .asString()
                .startsWith("streams.quick.tier: accept answers before anything is durable")
                .contains("since the last completed checkpoint is lost");
    }

    @Test
    void a_vendor_that_never_retries_makes_refusing_a_loss() {
        SourceSettings source =
                new TestStreams()
                        .with("code", s -> github(s, "reject"))
                        .with("patient", s -> github(s, "queue"))
                        .with(
                                "both",
                                s -> {
                                    s.setString("policy", "reject");
                                    s.setString("auth.type", "any-of");
                                    s.setString("auth.of.a.type", "stripe");
                                    s.setString("auth.of.a.secrets", "env:A");
                                    s.setString("auth.of.b.type", "github");
                                    s.setString("auth.of.b.secrets", "env:B");
                                })
                        .with(
                                "retried",
                                s -> {
                                    github(s, "reject");
                                    s.setString("auth.type", "stripe");
                                })
                        .with(
                                "sheds",
                                s -> {
                                    github(s, "shed");
                                    s.setString("shed.budget", "0.025");
                                })
                        .with("unknown", s -> s.setString("policy", "reject"))
                        .source();

        assertThat(LossWarnings.of(source.streams()))
                .containsExactly(
                        "streams.code.policy: reject refuses above 90 % of the stream's room, and"
                                + " GitHub never sends again what was refused: each such event is"
                                + " lost (policy: queue refuses later)",
                        "streams.both.policy: reject refuses above 90 % of the stream's room, and"
                                + " GitHub never sends again what was refused: each such event is"
                                + " lost (policy: queue refuses later)",
                        "streams.sheds.policy: shed loses up to 2.5 % of the deliveries of each 1 h"
                                + " and refuses when that is spent, and GitHub never sends again"
                                + " what was refused: each such event is lost too (policy: queue"
                                + " refuses later)");
    }

    private static void github(Configuration stream, String policy) {
        stream.setString("policy", policy);
        stream.setString("auth.type", "github");
        stream.setString("auth.secrets", "env:GITHUB");
    }

    private static List<String> problems(Map<String, String> options) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> policy(options))
                .problems();
    }

    private static PolicySettings policy(Map<String, String> options) {
        return new TestStreams()
                .with("s", s -> options.forEach(s::setString))
                .settings()
                .get(0)
                .policy();
    }
}
