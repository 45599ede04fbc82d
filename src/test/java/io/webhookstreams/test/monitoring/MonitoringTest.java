/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.webhookstreams.connector.metrics.MetricDefinition;
import io.webhookstreams.jobs.pipeline.JobMetric;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.util.PortRange;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that ship, by themselves; what they name is compared with a job by the ITCase. */
class MonitoringTest {

    private static final Pattern HEADING = Pattern.compile("(?m)^### (Webhooks\\w+)$");
    private static final Pattern LABEL_OF_NOTE = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern LABEL_OF_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Details for whoever asks for them; what they are a detail of is watched. */
    private static final Set<MetricDefinition> NOT_WATCHED =
            EnumSet.of(
                    MetricDefinition.RECEIVED_BYTES,
                    MetricDefinition.PAUSED_READS,
                    MetricDefinition.QUEUED_DELIVERIES,
                    MetricDefinition.SECRET_USABLE,
                    MetricDefinition.SECRET_LAST_USED,
                    MetricDefinition.NUM_BYTES_IN,
                    MetricDefinition.LAST_COMPLETED_CHECKPOINT,
                    MetricDefinition.CHECKPOINTS_RARE);

    @Test
    void every_alert_is_explained_and_nothing_else_is() throws IOException {
        assertThat(headings())
                .containsExactlyElementsOf(alerts().stream().map(Alert::name).toList());
        for (Alert alert : alerts()) {
            assertThat(section(alert.name()))
                    .as(alert.name())
                    .contains("**What it means.**", "**What to do.**");
        }
    }

    @Test
    void every_alert_has_a_severity_a_summary_and_the_place_where_it_is_explained()
            throws IOException {
        for (Alert alert : alerts()) {
            assertThat(alert.labels()).as(alert.name()).containsOnlyKeys("severity");
            assertThat(alert.labels().get("severity")).as(alert.name()).isIn("page", "ticket");
            assertThat(alert.notes())
                    .as(alert.name())
                    .containsOnlyKeys("summary", "description", "runbook")
                    .containsEntry(
                            "runbook",
                            "docs/monitoring.md#" + alert.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void what_a_notification_tells_of_is_what_the_alert_is_grouped_by() throws IOException {
        for (Alert alert : alerts()) {
            for (String note : alert.notes().values()) {
                assertThat(PromQl.parse(alert.expression()).labels())
                        .as(alert.name())
                        .containsAll(found(LABEL_OF_NOTE, note));
            }
        }
    }

    @Test
    void every_alert_has_a_history_in_which_it_fires_and_one_in_which_it_does_not()
            throws IOException {
        for (Alert alert : alerts()) {
            List<JsonNode> cases = histories(alert.name());

            assertThat(cases).as(alert.name()).anyMatch(c -> !c.path("exp_alerts").isEmpty());
            assertThat(cases).as(alert.name()).anyMatch(c -> c.path("exp_alerts").isEmpty());
        }
    }

    @Test
    void every_panel_tells_what_it_shows_and_in_which_unit() throws IOException {
        List<JsonNode> panels = Dashboard.read(MonitoringFiles.DASHBOARD).panels();

        assertThat(panels).extracting(panel -> panel.required("id")).doesNotHaveDuplicates();
        for (JsonNode panel : panels) {
            String title = panel.required("title").asText();
            assertThat(title).isNotBlank();
            if (!panel.required("type").asText().equals("row")) {
                assertThat(panel.required("description").asText()).as(title).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
            }
        }
    }

    @Test
    void what_a_legend_names_is_what_its_query_is_grouped_by() throws IOException {
        for (Dashboard.Query query : Dashboard.read(MonitoringFiles.DASHBOARD).queries()) {
            assertThat(PromQl.parse(query.expression()).labels())
                    .as(query.title())
                    .containsAll(found(LABEL_OF_LEGEND, query.legend()));
        }
    }

    @Test
    void every_metric_of_the_code_has_an_alert_or_a_panel_but_for_details() throws IOException {
        Set<String> watched = watched();

        assertThat(
                        Arrays.stream(MetricDefinition.values())
                                .filter(metric -> !watched.contains(SeriesName.of(metric))))
                .containsExactlyInAnyOrderElementsOf(NOT_WATCHED);
        assertThat(watched)
                .containsAll(
                        Arrays.stream(JobMetric.values())
                                .map(metric -> SeriesName.OPERATOR + metric.metric())
                                .toList());
    }

    @Test
    void prometheus_is_given_the_rules_that_ship() throws IOException {
        JsonNode prometheus = YAML.readTree(MonitoringFiles.PROMETHEUS.toFile());

        for (JsonNode file : prometheus.required("rule_files")) {
            assertThat(MonitoringFiles.PROMETHEUS.resolveSibling(file.asText())).exists();
        }
        assertThat(prometheus.required("rule_files")).isNotEmpty();
    }

    @Test
    void the_lines_for_a_cluster_are_options_of_flinks_reporter() throws IOException {
        Configuration flink = new Configuration();
        YAML.readTree(MonitoringFiles.FLINK.toFile())
                .properties()
                .forEach(option -> flink.setString(option.getKey(), option.getValue().asText()));
        Configuration reporter = MetricOptions.forReporter(flink, "prometheus");

        assertThat(reporter.get(MetricOptions.REPORTER_FACTORY_CLASS))
                .isEqualTo(PrometheusReporterFactory.class.getName());
        assertThat(new PortRange(reporter.getString("port", "")).getPortsIterator())
                .toIterable()
                .isNotEmpty();
        assertThat(flink.keySet())
                .containsExactlyInAnyOrder(
                        "metrics.reporter.prometheus.factory.class",
                        "metrics.reporter.prometheus.port",
                        "metrics.reporter.prometheus.filterLabelValueCharacters");
    }

    /** The metrics that alerts and panels speak of. */
    private static Set<String> watched() throws IOException {
        return Stream.concat(
                        alerts().stream().map(Alert::expression),
                        Dashboard.read(MonitoringFiles.DASHBOARD).queries().stream()
                                .map(Dashboard.Query::expression))
                .flatMap(expression -> PromQl.parse(expression).selectors().stream())
                .map(PromQl.Selector::metric)
                .collect(Collectors.toSet());
    }

    private static List<Alert> alerts() throws IOException {
        return Alert.read(MonitoringFiles.ALERTS);
    }

    private static List<String> headings() throws IOException {
        return found(HEADING, Files.readString(MonitoringFiles.PAGE));
    }

    private static String section(String alert) throws IOException {
        String page = Files.readString(MonitoringFiles.PAGE);
        String from = page.substring(page.indexOf("### " + alert + "\n") + 4);
        int end = from.indexOf("\n#");
        return end < 0 ? from : from.substring(0, end);
    }

    private static List<JsonNode> histories(String alert) throws IOException {
        JsonNode tests = YAML.readTree(MonitoringFiles.ALERTS_TEST.toFile()).required("tests");
        return tests.valueStream()
                .flatMap(test -> test.required("alert_rule_test").valueStream())
                .filter(test -> test.required("alertname").asText().equals(alert))
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }
}
