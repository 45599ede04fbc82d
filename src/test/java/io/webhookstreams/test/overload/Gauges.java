/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.overload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The metrics of a job as it shows them to Prometheus. One thread. */
final class Gauges {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    Gauges(int port) {
        this.request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
    }

    /**
     * A metric's sum over the readers of a stream.
     *
     * @throws IOException when nobody answers or it is not shown: the job may still be starting
     */
    long of(String stream, String metric) throws IOException, InterruptedException {
        String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Pattern series =
                Pattern.compile(
                        "^flink_taskmanager_job_task_operator_stream_(?:reason_)?%s\\{[^\\n]*\\bstream=\"%s\"[^\\n]*} (\\S+)$"
                                .formatted(metric, stream),
                        Pattern.MULTILINE);
        double[] values =
                series.matcher(text)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
        if (values.length == 0) {
            throw new IOException(metric + " of " + stream + ": not shown (expected: by now)");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Math.round(sum);
    }
}
