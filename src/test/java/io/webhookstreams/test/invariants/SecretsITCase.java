/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every place that somebody else may read, searched for what nobody may. */
class SecretsITCase {

    private static final String MISTYPED_TOKEN = "t0ken-of-the-vendor-with-a-slip-of-the-pen";
    private static final List<String> SECRETS =
            List.of(Plan.TOKEN, Plan.ADMIN_TOKEN, MISTYPED_TOKEN);

    /** In the body of each delivery: where a search must not find secrets, it must find this. */
    private static final String MARK = "a-mark-in-the-body";

    private static final int DELIVERIES = 40;
    private static final Duration SLOWLY = Duration.ofMillis(25);

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void secrets_stay_home() throws Exception {
        Plan plan = Plan.of(FLINK, SecretsITCase.class, "secrets_stay_home");
        assertFree("job graph", latin(InstantiationUtil.serializeObject(plan.graph())));
        try (CapturedLog log = new CapturedLog();
                TestJob job = plan.start()) {
            String responses = converse(job);
            assertFree("responses", responses);
            assertFree("records", job.sinkValve().passed().toString() + headers(job));
            failOnce(job);

            String checkpoints = contents(job.directory().resolve("checkpoints"));
            assertThat(checkpoints).contains(MARK);
            assertFree("checkpoints", checkpoints);
            for (String path : WEB_UI) {
                assertFree(path, job.rest(path));
            }
            assertThat(Metrics.lines()).anyMatch(line -> line.contains("authDenied"));
            assertFree("metrics", String.join("\n", Metrics.lines()));
            assertThat(log.lines()).anyMatch(line -> line.contains("denied"));
            assertFree("log", String.join("\n", log.lines()));
        }
    }

    private static final List<String> WEB_UI =
            List.of(
                    "/config",
                    "/jobmanager/config",
                    "/jobs/:job",
                    "/jobs/:job/config",
                    "/jobs/:job/plan",
                    "/jobs/:job/exceptions",
                    "/jobs/:job/checkpoints",
                    "/jobs/:job/checkpoints/config",
                    "/jobs/:job/accumulators");

    @Test
    void secrets_stay_home_when_they_are_where_a_reference_belongs() throws Exception {
        Plan plan =
                Plan.of(FLINK, SecretsITCase.class, "literal")
                        .orders(s -> s.set(StreamOptions.AUTH_SECRETS, List.of(Plan.TOKEN)));

        Throwable refused = catchThrowable(plan::graph);

        assertThat(refused).isInstanceOf(InvalidSettingsException.class);
        assertFree("exception", ExceptionUtils.stringifyException(refused));
    }

    /** Deliveries in the queue at a checkpoint, and a sender who is not known. */
    private static String converse(TestJob job) throws Exception {
        job.sourceValve().takeYourTime(SLOWLY);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            String body = "{\"id\":\"evt-%d\",\"note\":\"%s\"}".formatted(i, MARK);
            answers.add(job.send(job.request().POST(BodyPublishers.ofString(body))));
        }
        job.awaitHeld(DELIVERIES);
        answers.add(
                job.send(
                        job.request()
                                .setHeader("Authorization", "Bearer " + MISTYPED_TOKEN)
                                .POST(BodyPublishers.ofString("{}"))));
        job.completeCheckpoint();
        StringBuilder responses = new StringBuilder();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            responses.append(answer.get().headers()).append(answer.get().body());
        }
        assertThat(answers.get(0).get().statusCode()).isEqualTo(200);
        assertThat(answers.get(DELIVERIES).get().statusCode()).isEqualTo(401);
        job.sourceValve().takeYourTime(Duration.ZERO);
        return responses.toString();
    }

    private static void failOnce(TestJob job) throws Exception {
        job.sourceValve().failOnce();
        assertThat(job.post("evt-fails").get().statusCode()).isEqualTo(503);
        job.awaitRestarts(1);
        job.awaitReady();
        assertThat(job.rest("/jobs/:job/exceptions")).contains("as the test asked for");
    }

    private static String headers(TestJob job) {
        return job.sinkValve().passed().stream()
                .map(
                        delivery ->
                                delivery.headers()
                                        + new String(delivery.body(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    private static String contents(Path directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(latin(Files.readAllBytes(file)));
            }
        }
        return all.toString();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void assertFree(String where, String text) {
        assertThat(text).as(where).isNotEmpty();
        for (String secret : SECRETS) {
            // Not by AssertJ's doesNotContain, which would print what it has found.
            assertThat(text.contains(secret)).as("%s: a secret", where).isFalse();
        }
    }
}
