/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.StreamEntry;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;

/** What a run prints when it is ready. */
final class Announcement {

    private Announcement() {}

    /**
     * Prints every stream's ingest URL and a line to try it.
     *
     * @param base scheme, host and port of the ingest URLs
     */
    static void print(
            PrintWriter out,
            JobDefinition definition,
            String base,
            URI webUi,
            Optional<String> metrics) {
        out.println("ready");
        out.println("output: " + definition.settings().pipeline().outputDirectory());
        out.println("web ui: " + webUi);
        metrics.ifPresent(url -> out.println("metrics: " + url));
        for (StreamEntry stream : definition.streams()) {
            String url = base + stream.path();
            out.println();
            out.printf("stream %s (%s)%n", stream.name(), stream.authType());
            out.println("  " + url);
            out.println("  " + CurlLine.of(stream, url, definition.file().path()));
        }
        out.println();
        out.println("Ctrl-C stops with a savepoint; the next run resumes from it.");
        out.flush();
    }
}
