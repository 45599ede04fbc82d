/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSchemes;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options of {@code webhooks prove}, as they were written. Filled by picocli. */
final class ProveOptions {

    static final String PATIENT = "patient";

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = {
                "A stream's ingest URL. Several of one path are one stream behind several"
                        + " addresses, which are taken in turn; each path is a stream."
            })
    List<String> urls;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The events' folder of JSON lines: all files below it.")
    Path output;

    @Option(
            names = "--counts",
            paramLabel = "DIR",
            description =
                    "The folder of the windows' counts, to judge those too. The streams' event-type"
                            + " must be json:/type.")
    Optional<Path> counts;

    @Option(
            names = "--late",
            paramLabel = "DIR",
            description = "With --counts: the folder of the events that came too late for them.")
    Optional<Path> late;

    @Option(
            names = "--vendor",
            paramLabel = "NAME",
            defaultValue = PATIENT,
            description =
                    "Whose way to wait and to send again is taken; several different ones send at"
                            + " once. Default: patient, who sends until it has its 2xx.")
    List<String> vendors;

    @Option(
            names = "--auth",
            paramLabel = "TYPE",
            defaultValue = AuthSchemes.BEARER,
            description = "The streams' auth.type. Default: ${DEFAULT-VALUE}.")
    String auth;

    @Option(
            names = "--stream-secret",
            paramLabel = "REF",
            description =
                    "The streams' secret, as file:PATH or env:NAME; or one for each stream, in the"
                            + " order of their URLs.")
    List<String> secrets = List.of();

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            defaultValue = "checkpoint",
            description =
                    "The streams' tier. With accept, what is lost is told and is no breach."
                            + " Default: ${DEFAULT-VALUE}.")
    String tier;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description =
                    "A listener's admin port, which is asked at the end whether all held requests"
                            + " are gone; one for each TaskManager. Only where nobody else sends.")
    List<String> admins = List.of();

    @Option(
            names = "--admin-token",
            paramLabel = "REF",
            description = "The admin ports' token, as file:PATH or env:NAME.")
    Optional<String> adminToken;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "Connections of each vendor to each stream, with one request each, or 100 with"
                            + " --http2. Default: ${DEFAULT-VALUE}.")
    int connections;

    @Option(names = "--http2", description = "HTTP/2 instead of HTTP/1.1.")
    boolean http2;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Events a second of each vendor; 0 is as fast as they are answered. Default:"
                            + " ${DEFAULT-VALUE}.")
    double rate;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events of each vendor; 0 is without limit. Default: ${DEFAULT-VALUE}.")
    long events;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "86400",
            description = "How long to send. Default: a day.")
    long duration;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "How long to wait for files: at the beginning for the first event, at the end"
                            + " for everything, from the last answer on. As long each for the answers"
                            + " before that. Default: ${DEFAULT-VALUE}.")
    long settle;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "0.001",
            description =
                    "Real time per vendor's time between retries: with 0.001, an hour is 3.6 s."
                            + " Deadlines and Retry-After are real. Default: ${DEFAULT-VALUE}.")
    double timeScale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the same random choices again. Default: a new one.")
    Optional<Long> seed;

    @Option(
            names = "--event-id-field",
            paramLabel = "POINTER",
            defaultValue = "/event_id",
            description =
                    "Where a line has the event's id, which the body has at /id. Default:"
                            + " ${DEFAULT-VALUE}.")
    String eventIdField;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Writes every attempt and its answer, a line each.")
    Optional<Path> journal;
}
