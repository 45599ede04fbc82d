/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Signer;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.embedded.Signals;
import io.webhookstreams.jobs.prove.Proof;
import io.webhookstreams.jobs.prove.oracle.RecordFields;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.jobs.prove.page.Report;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.jobs.prove.vendor.Vendors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Sends as vendors do, and tells whether what was answered 2xx came out, once, as it was sent. */
@Command(
        name = "prove",
        description = {
            "Sends events to a stream as vendors do, while you stop, kill or fill what you like;"
                + " then compares the job's files with what was answered, and prints a page. Exit"
                + " code 5 if the promise was broken. Ctrl-C ends the sending, a second one"
                + " everything."
        },
        mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {

    private static final String PATIENT = "patient";
    private static final int STREAMS_PER_CONNECTION = 100;

    @Spec private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The stream's ingest URL; several are taken in turn.")
    private List<String> urls;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The events' folder of JSON lines: all files below it.")
    private Path output;

    @Option(
            names = "--vendor",
            paramLabel = "NAME",
            defaultValue = PATIENT,
            description =
                    "Whose way to wait and to send again is taken; several send at once. Default:"
                            + " patient, who sends until it has its 2xx.")
    private List<String> vendors;

    @Option(
            names = "--auth",
            paramLabel = "TYPE",
            defaultValue = AuthSchemes.BEARER,
            description = "The stream's auth.type. Default: ${DEFAULT-VALUE}.")
    private String auth;

    @Option(
            names = "--stream-secret",
            paramLabel = "REF",
            description = "The stream's secret, as file:PATH or env:NAME.")
    private Optional<String> secret;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            defaultValue = "checkpoint",
            description =
                    "The stream's tier. With accept, what is lost is told and is no breach."
                        + " Default: ${DEFAULT-VALUE}.")
    private String tier;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "Connections of each vendor, with one request each, or 100 with --http2."
                        + " Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--http2", description = "HTTP/2 instead of HTTP/1.1.")
    private boolean http2;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Events a second of each vendor; 0 is as fast as they are answered. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events of each vendor; 0 is without limit. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "86400",
            description = "How long to send. Default: a day.")
    private long duration;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait then for answers and files. Default: ${DEFAULT-VALUE}.")
    private long settle;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "0.001",
            description =
                    "Real time per vendor's time between retries: with 0.001, an hour is 3.6 s."
                            + " Deadlines and Retry-After are real. Default: ${DEFAULT-VALUE}.")
    private double timeScale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the same random choices again. Default: a new one.")
    private Optional<Long> seed;

    @Option(
            names = "--event-id-field",
            paramLabel = "POINTER",
            defaultValue = "/event_id",
            description =
                    "Where a line has the event's id, which the body has at /id. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String eventIdField;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Writes every attempt and its answer, a line each.")
    private Optional<Path> journal;

    @Override
    public Integer call() throws Exception {
        Signer signer = requireSound();
        long chosen = seed.orElseGet(System::nanoTime);
        String run = "prove" + Long.toString(System.currentTimeMillis(), 36);
        PrintWriter err = spec.commandLine().getErr();
        Proof.Plan plan =
                new Proof.Plan(
                        run,
                        vendors.stream().map(name -> profile(run, name, signer)).toList(),
                        new Endpoints(urls.stream().map(URI::create).toList()),
                        new SinkFiles(
                                output,
                                RecordFields.OF_THE_JOB.withEventId(
                                        JsonPointer.compile(eventIdField))),
                        tier.equals("accept"),
                        chosen);
        try (Proof proof =
                new Proof(
                        plan,
                        line -> {
                            err.println(line);
                            err.flush();
                        })) {
            Signals.onTermination(new Stop(proof));
            proof.send(Duration.ofSeconds(duration));
            proof.settle(Duration.ofSeconds(settle));
            return judge(proof, chosen);
        }
    }

    private int judge(Proof proof, long chosenSeed) throws Exception {
        if (journal.isPresent()) {
            proof.journal().write(journal.get());
        }
        Verdict verdict = proof.verdict();
        PrintWriter out = spec.commandLine().getOut();
        out.print(Page.of(report(proof.journal(), verdict, chosenSeed)));
        out.flush();
        if (proof.journal().acceptedEvents() == 0) {
            spec.commandLine().getErr().println("answered 2xx: 0 (expected: at least 1)");
            return ExitCode.BROKEN;
        }
        return verdict.isClean() ? ExitCode.OK : ExitCode.BROKEN;
    }

    private static Report report(Journal journal, Verdict verdict, long chosenSeed) {
        return new Report(
                verdict.isClean() ? "The promise was kept" : "The promise was broken",
                "What was answered, compared with what is in the job's finished files.",
                journal,
                verdict,
                Map.of(),
                List.of(),
                Map.of("seed", chosenSeed));
    }

    private Vendor.Profile profile(String run, String vendor, Signer signer) {
        int inFlight = http2 ? connections * STREAMS_PER_CONNECTION : connections;
        return Vendor.Profile.of(run + "-" + vendor, habits(vendor).orElseThrow(), signer, inFlight)
                .over(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .atRate(rate)
                .atMost(events)
                .scaled(vendor.equals(PATIENT) ? 1 : timeScale);
    }

    private static Optional<Habits> habits(String vendor) {
        return vendor.equals(PATIENT)
                ? Optional.of(Habits.patient(Duration.ofSeconds(30)))
                : Vendors.named(vendor);
    }

    /** All problems of the options together, or the signer that they make. */
    private Signer requireSound() {
        List<String> problems = new ArrayList<>();
        urls.stream()
                .filter(url -> !url.matches("https?://[^/\\s]+/\\S*"))
                .forEach(url -> problems.add("--url: " + url + " (expected: http://HOST/PATH)"));
        vendors.stream()
                .filter(vendor -> habits(vendor).isEmpty())
                .forEach(
                        vendor ->
                                problems.add(
                                        "--vendor: %s (expected: patient, %s)"
                                                .formatted(
                                                        vendor,
                                                        String.join(
                                                                ", ", Vendors.all().keySet()))));
        expect(!Files.isRegularFile(output), "--output", output, "a directory", problems);
        expect(tier.matches("checkpoint|accept"), "--tier", tier, "checkpoint, accept", problems);
        expect(
                connections > 0 && connections <= 10_000,
                "--connections",
                connections,
                "1 to 10000",
                problems);
        expect(rate >= 0, "--rate", rate, "0 or more", problems);
        expect(events >= 0, "--events", events, "0 or more", problems);
        expect(duration > 0, "--duration", duration, "seconds, above 0", problems);
        expect(settle >= 0, "--settle", settle, "seconds, 0 or more", problems);
        expect(timeScale > 0, "--time-scale", timeScale, "above 0", problems);
        expect(
                eventIdField.startsWith("/"),
                "--event-id-field",
                eventIdField,
                "a JSON pointer",
                problems);
        Optional<Signer> signer = signer(problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return signer.orElseThrow();
    }

    private static void expect(
            boolean fine, String option, Object value, String expected, List<String> problems) {
        if (!fine) {
            problems.add("%s: %s (expected: %s)".formatted(option, value, expected));
        }
    }

    private Optional<Signer> signer(List<String> problems) {
        try {
            AuthSettings settings =
                    AuthSettings.of(
                            auth, secret.map(SecretRef::parse).stream().toArray(SecretRef[]::new));
            List<String> own = AuthSchemes.problems(settings);
            own.forEach(problem -> problems.add("--auth, --stream-secret: " + problem));
            return own.isEmpty()
                    ? Optional.of(AuthSchemes.signer(settings, LocalSecrets.below(Path.of(""))))
                    : Optional.empty();
        } catch (SecretUnavailableException | IllegalArgumentException e) {
            problems.add("--stream-secret: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The first signal ends the sending, the second the process. */
    private static final class Stop implements Runnable {

        private final Proof proof;
        private boolean asked;

        Stop(Proof proof) {
            this.proof = proof;
        }

        @Override
        public synchronized void run() {
            if (asked) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
            asked = true;
            proof.stop();
        }
    }
}
