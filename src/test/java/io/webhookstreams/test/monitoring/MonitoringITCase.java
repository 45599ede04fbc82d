/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.metrics.MetricDefinition;
import io.webhookstreams.jobs.pipeline.JobMetric;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packaged job shows its metrics as Flink's reporter names them; the alerts and the dashboard
 * speak of these and of no others.
 */
class MonitoringITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A stream whose name is no name of a metric. */
    private static final String DASHED =
            """
            streams.my-shop:
              path: /in/my-shop
              auth: {type: bearer, secrets: ["file:token"]}
              event-id: json:/id
            """;

    private static EmbeddedRun run;
    private static Scrape scrape;

    @BeforeAll
    static void a_job_shows_its_metrics() throws Exception {
        WebhooksConfig config =
                WebhooksConfig.create(TestDirectory.of(MonitoringITCase.class, "run"));
        int port = FreePorts.one();
        config.addToJob("metrics.port: " + port);
        // Some metrics are there only where the configuration is reloaded.
        config.addToJob("reload.file: " + config.file().getFileName());
        Files.writeString(config.file(), DASHED, StandardOpenOption.APPEND);
        run = EmbeddedRun.start(Installation.ofThisBuild(), config);
        new Health(config.health()).awaitReady();
        URI url = URI.create("http://127.0.0.1:" + port + "/metrics");
        Await.until("metrics: the job's", SOON, () -> scrape(url).metrics().containsAll(ofJob()));
        scrape = scrape(url);
    }

    @AfterAll
    static void stop() throws Exception {
        try (EmbeddedRun stopped = run) {
            stopped.stop();
        }
    }

    @Test
    void every_metric_of_the_code_is_shown_by_the_name_that_the_page_tells() {
        for (MetricDefinition metric : MetricDefinition.values()) {
            String name = SeriesName.of(metric);

            assertThat(scrape.metrics()).contains(name);
            assertThat(scrape.labels(name))
                    .as(name)
                    .contains("job_name")
                    .containsAll(SeriesName.labelsOf(metric));
            assertThat(scrape.labels(name).contains("quantile"))
                    .as(name)
                    .isEqualTo(metric.type() == MetricDefinition.Type.HISTOGRAM);
        }
    }

    @Test
    void every_counter_of_the_job_is_shown_with_its_operator() {
        for (JobMetric metric : JobMetric.values()) {
            assertThat(scrape.values(SeriesName.OPERATOR + metric.metric(), "operator_name"))
                    .as(metric.metric())
                    .containsExactly(metric.operator());
        }
    }

    @Test
    void streams_keep_the_names_that_they_have_in_the_configuration() {
        assertThat(scrape.values(SeriesName.OPERATOR + "stream_received", "stream"))
                .contains("events", "my-shop");
    }

    @Test
    void every_alert_speaks_of_metrics_that_are_shown() throws IOException {
        for (Alert alert : Alert.read(shipped("alerts.yaml"))) {
            assertThat(new Spoken(scrape).unknown(alert.expression())).as(alert.name()).isEmpty();
        }
    }

    @Test
    void every_panel_speaks_of_metrics_that_are_shown() throws IOException {
        for (Dashboard.Query query : Dashboard.read(shipped("dashboard.json")).queries()) {
            assertThat(new Spoken(scrape).unknown(query.expression())).as(query.title()).isEmpty();
        }
    }

    private static Path shipped(String file) {
        return Installation.ofThisBuild().home().resolve("monitoring").resolve(file);
    }

    private static Set<String> ofJob() {
        return Arrays.stream(JobMetric.values())
                .map(metric -> SeriesName.OPERATOR + metric.metric())
                .collect(Collectors.toSet());
    }

    private static Scrape scrape(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(SOON).build();
        return Scrape.parse(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
