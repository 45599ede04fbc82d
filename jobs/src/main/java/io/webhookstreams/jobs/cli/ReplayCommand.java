/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.capture.Capture;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Posts kept requests again, as they came: the endpoint judges them as any others. */
@Command(
        name = "replay",
        description = {
            "Sends requests that a listener has refused and kept (capture.directory) again, byte for"
                    + " byte, for example once a secret was mended. They are judged as any other:"
                    + " one whose signed time is outside the tolerance is refused, and one whose"
                    + " event is known already is a duplicate."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Scheme, host and port to send to; the path is that of each request.")
    private URI url;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What the listener has kept.")
    private List<Path> files;

    @Override
    public Integer call() throws Exception {
        List<Capture> captures = new ArrayList<>();
        for (Path file : files) {
            captures.add(KeptRequest.read("FILE", file));
        }
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        PrintWriter out = spec.commandLine().getOut();
        boolean allAdmitted = true;
        for (int i = 0; i < captures.size(); i++) {
            int status = send(client, captures.get(i));
            out.println(files.get(i) + ": " + status);
            if (status == 401) {
                out.println(
                        "  webhooks verify --capture FILE --at NOW tells why; a time outside the"
                                + " tolerance is refused however good the signature is");
            }
            allAdmitted &= status / 100 == 2;
        }
        return allAdmitted ? ExitCode.OK : ExitCode.REFUSED;
    }

    private int send(HttpClient client, Capture capture) throws IOException, InterruptedException {
        String query = capture.query() == null ? "" : "?" + capture.query();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base() + capture.path() + query))
                        .timeout(PATIENCE)
                        .method(
                                capture.method(),
                                HttpRequest.BodyPublishers.ofByteArray(capture.body()));
        for (Map.Entry<String, String> line : capture.lines()) {
            request.header(line.getKey(), line.getValue());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String base() {
        return url.toString().replaceAll("/+$", "");
    }
}
