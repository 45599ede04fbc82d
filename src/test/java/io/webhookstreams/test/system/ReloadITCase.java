/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.fuzz.AnswerLog;
import io.webhookstreams.test.cluster.Extras;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.cluster.Shape;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The configuration changes while the job runs, vendors post, and processes are killed. */
class ReloadITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String COMES =
            """
              comes:
                path: /in/comes
                auth: {type: bearer, secrets: ["file:token"]}
                event-id: json:/id
            """;

    private final Chaos chaos = new Chaos();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void every_answer_is_explained_and_nothing_lost_while_streams_come_pause_and_go()
            throws Exception {
        WebhooksConfig config = config("streams");
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(50);
            assertThat(post(config, "comes").statusCode()).isEqualTo(404);
            change(
                    config,
                    yaml ->
                            add(yaml, COMES)
                                    .replace("/in/alerts\n", "/in/alerts\n    state: paused\n")
                                    .replace("/in/hasty\n", "/in/hasty\n    state: revoked\n")
                                    .replaceAll("(?s)  pushes:.*?(?=  payments:)", ""));
            awaitVersion(config, 2);

            assertThat(post(config, "comes").statusCode()).isEqualTo(200);
            assertThat(post(config, "alerts").statusCode()).isEqualTo(503);
            assertThat(post(config, "hasty").statusCode()).isEqualTo(410);
            assertThat(post(config, "pushes").statusCode()).isEqualTo(404);
            load.awaitAccepted(50);

            change(config, yaml -> yaml.replace("/in/events\n", "/in/events\n    state: paused\n"));
            load.awaitRefused("paused");
            change(config, yaml -> yaml.replace("/in/events\n    state: paused\n", "/in/events\n"));
            awaitVersion(config, 4);
            load.awaitAccepted(50);
            assertThat(run.isAlive()).isTrue();
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
    }

    @Test
    void the_version_in_force_outlives_a_kill_and_a_file_that_is_bad() throws Exception {
        WebhooksConfig config = config("kill");
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(50);
            change(config, yaml -> add(yaml, COMES));
            awaitVersion(config, 2);
            change(
                    config,
                    yaml ->
                            yaml.replaceFirst("port: [0-9-]+", "port: 1")
                                    .replace("type: github", "type: gitbub")
                                    .replace("/in/events", "in/events"));
            awaitRefusal(config, "listener.port: 1", "gitbub", "streams.events.path: in/events");

            run.killAndRestart();
            new Health(config.health()).awaitReady();

            awaitVersion(config, 2);
            assertThat(post(config, "comes").statusCode()).isEqualTo(200);
            load.awaitAccepted(50);
            load.finish();
            load.awaitFences();
            load.judge(chaos);
        }
    }

    @Test
    void the_version_in_force_outlives_the_leading_jobmanager_and_a_taskmanager() throws Exception {
        Path directory = TestDirectory.of(ReloadITCase.class, "cluster");
        try (FlinkCluster cluster = FlinkCluster.start(directory, Shape.of(2, 2), Extras.NONE)) {
            WebhooksConfig config = config("cluster-job");
            String job =
                    cluster.cli()
                            .run(
                                    Submission.of(
                                            Installation.ofThisBuild().jar(),
                                            2,
                                            "--config",
                                            config.file().toString()));
            new Health(config.health()).awaitReady();
            try (Load load = Load.start(config, chaos.seed())) {
                load.awaitAccepted(50);
                change(config, yaml -> add(yaml, COMES));
                awaitVersion(config, 2);
                Files.delete(live(config));

                ChildProcess leader = cluster.leader();
                cluster.killAndRestart(leader);
                cluster.awaitLeaderOtherThan(leader.name());
                cluster.awaitRunning(job);
                load.awaitAccepted(50);
                cluster.killTaskManager(cluster.taskManagers().get(0));
                cluster.startTaskManager();
                cluster.awaitTaskManagers();
                cluster.awaitRunning(job);
                load.awaitAccepted(50);

                awaitVersion(config, 2);
                assertThat(post(config, "comes").statusCode()).isEqualTo(200);
                load.finish();
                load.awaitFences();
                load.judge(chaos);
            }
            cluster.cli().stop(job);
        }
    }

    /** Posts to whoever listens, until one is not starting any more. */
    private HttpResponse<String> post(WebhooksConfig config, String stream) throws Exception {
        Iterator<URI> listeners =
                Stream.generate(() -> config.ingest().urls("/in/" + stream))
                        .flatMap(List::stream)
                        .iterator();
        return Await.value(
                stream + ": answered by a job that runs",
                SOON,
                () -> {
                    HttpRequest request =
                            HttpRequest.newBuilder(listeners.next())
                                    .timeout(SOON)
                                    .header("Authorization", "Bearer " + WebhooksConfig.TOKEN)
                                    .POST(BodyPublishers.ofString(event(stream)))
                                    .build();
                    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                    AnswerLog.keep(answer);
                    return Optional.of(answer)
                            .filter(given -> !given.body().contains("\"restarting\""));
                });
    }

    private static String event(String stream) {
        return "{\"id\":\"" + stream + "-by-hand\"}";
    }

    /** A job that is told to read a file of its own again: the first one stays as it was. */
    private static WebhooksConfig config(String test) throws Exception {
        WebhooksConfig config = WebhooksConfig.create(TestDirectory.of(ReloadITCase.class, test));
        config.addToJob("reload.file: live.yaml");
        config.addToJob("reload.interval: 200 ms");
        Files.copy(config.file(), live(config));
        return config;
    }

    private static Path live(WebhooksConfig config) {
        return config.directory().resolve("live.yaml");
    }

    private static void change(WebhooksConfig config, UnaryOperator<String> edit)
            throws IOException {
        String before = Files.readString(live(config));
        String after = edit.apply(before);
        assertThat(after).isNotEqualTo(before);
        Path next = Files.writeString(config.directory().resolve("next.yaml"), after);
        Files.move(next, live(config), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String add(String yaml, String stream) {
        return yaml.replace("streams:\n", "streams:\n" + stream);
    }

    /** Returns when every reader goes by it. */
    private static void awaitVersion(WebhooksConfig config, long version)
            throws InterruptedException {
        Admin admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        Await.until(
                "configuration: " + version,
                SOON,
                () -> {
                    int readers = 0;
                    for (JsonNode listener : admin.status()) {
                        for (JsonNode reader : listener.required("readers")) {
                            readers++;
                            if (reader.required("configurationVersion").asLong() != version) {
                                return false;
                            }
                        }
                    }
                    return readers > 0;
                });
    }

    /** Returns when the job's log has all of it. */
    private static void awaitRefusal(WebhooksConfig config, String... problems)
            throws InterruptedException {
        Await.until(
                "log: the refusal with all problems",
                SOON,
                () -> Stream.of(problems).allMatch(log(config)::contains));
    }

    private static String log(WebhooksConfig config) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(config.directory().resolve("data/log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
