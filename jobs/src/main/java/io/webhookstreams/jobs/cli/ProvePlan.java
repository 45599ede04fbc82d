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
import io.webhookstreams.jobs.prove.Plan;
import io.webhookstreams.jobs.prove.admin.AdminPort;
import io.webhookstreams.jobs.prove.oracle.RecordFields;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Event;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.jobs.prove.vendor.Vendors;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options to a plan, or to all that is wrong with them. */
final class ProvePlan {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** So many that, of 100 writers of files, hardly one gets none. */
    private static final int LAST_EVENTS = 1_000;

    private final ProveOptions options;
    private final LocalSecrets secrets = LocalSecrets.below(Path.of(""));
    private final List<String> problems = new ArrayList<>();

    private ProvePlan(ProveOptions options) {
        this.options = options;
    }

    /**
     * The plan.
     *
     * @param now part of all event ids
     * @throws InvalidSettingsException with all problems of the options
     */
    static Plan of(ProveOptions options, long now, long seed) {
        return new ProvePlan(options).plan("prove" + Long.toString(now, 36), seed);
    }

    private Plan plan(String run, long seed) {
        check();
        List<List<URI>> streams = streams();
        List<Signer> signers = signers(streams.size());
        List<AdminPort> admins = admins();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        List<Plan.Sender> senders = new ArrayList<>();
        for (int stream = 0; stream < streams.size(); stream++) {
            for (String vendor : options.vendors) {
                senders.add(
                        new Plan.Sender(
                                profile(run + "-" + vendor + stream, vendor, signers.get(stream)),
                                stream,
                                new Endpoints(streams.get(stream))));
            }
        }
        return new Plan(
                run,
                senders,
                options.output,
                RecordFields.OF_THE_JOB.withEventId(JsonPointer.compile(options.eventIdField)),
                options.counts.map(counts -> new Plan.Windows(counts, options.late.orElseThrow())),
                admins,
                options.tier.equals("accept"),
                LAST_EVENTS,
                seed);
    }

    private Vendor.Profile profile(String name, String vendor, Signer signer) {
        int each = options.http2 ? Vendor.STREAMS_PER_CONNECTION : 1;
        return Vendor.Profile.of(
                        name, habits(vendor).orElseThrow(), signer, options.connections * each)
                .over(options.http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .atRate(options.rate)
                .atMost(options.events)
                .scaled(vendor.equals(ProveOptions.PATIENT) ? 1 : options.timeScale)
                .formed(form());
    }

    private Event.Form form() {
        return options.auth.equals("stripe")
                ? new Event.Form(Event.Times.SECONDS, Event.Form.PLAIN.padding())
                : Event.Form.PLAIN;
    }

    private static Optional<Habits> habits(String vendor) {
        return vendor.equals(ProveOptions.PATIENT)
                ? Optional.of(Habits.patient(Plan.PATIENCE))
                : Vendors.named(vendor);
    }

    private void check() {
        String known = "patient, " + String.join(", ", Vendors.all().keySet());
        options.vendors.forEach(
                vendor -> expect(habits(vendor).isPresent(), "--vendor", vendor, known));
        Set<String> once = new HashSet<>();
        options.vendors.stream()
                .filter(vendor -> !once.add(vendor))
                .forEach(
                        vendor ->
                                expect(
                                        false,
                                        "--vendor",
                                        vendor + ", again",
                                        "each once; for more load, --connections and --rate"));
        expect(
                options.tier.matches("checkpoint|accept"),
                "--tier",
                options.tier,
                "checkpoint, accept");
        expect(
                options.eventIdField.startsWith("/"),
                "--event-id-field",
                options.eventIdField,
                "a JSON pointer, which starts with /");
        checkFiles();
        checkNumbers();
    }

    private void checkFiles() {
        expectFolder("--output", options.output);
        options.counts.ifPresent(counts -> expectFolder("--counts", counts));
        options.late.ifPresent(late -> expectFolder("--late", late));
        expect(
                options.counts.isPresent() == options.late.isPresent(),
                options.late.isPresent() ? "--counts" : "--late",
                "none",
                "--counts and --late, or neither");
        options.journal.ifPresent(
                file ->
                        expect(
                                Files.isDirectory(file.toAbsolutePath().getParent())
                                        && !Files.isDirectory(file),
                                "--journal",
                                file,
                                "a file in a folder that exists"));
    }

    private void checkNumbers() {
        expect(
                options.connections > 0 && options.connections <= 10_000,
                "--connections",
                options.connections,
                "1 to 10000");
        expect(options.rate >= 0, "--rate", options.rate, "0 or more");
        expect(options.events >= 0, "--events", options.events, "0 or more");
        expectSeconds("--duration", options.duration);
        expectSeconds("--settle", options.settle);
        expect(options.timeScale > 0, "--time-scale", options.timeScale, "above 0");
    }

    private void expectSeconds(String option, long given) {
        long most = LONGEST.toSeconds();
        expect(given > 0 && given <= most, option, given, "seconds, 1 to " + most);
    }

    /** It may be made by the job's first event. */
    private void expectFolder(String option, Path folder) {
        expect(
                !Files.exists(folder) || (Files.isDirectory(folder) && Files.isReadable(folder)),
                option,
                folder,
                "a folder that can be read");
    }

    private void expect(boolean fine, String option, Object value, String expected) {
        if (!fine) {
            problems.add("%s: %s (expected: %s)".formatted(option, value, expected));
        }
    }

    /** The URLs of each path. */
    private List<List<URI>> streams() {
        Map<String, List<URI>> byPath = new LinkedHashMap<>();
        for (String text : options.urls) {
            url("--url", text, "http://HOST/PATH or https://HOST/PATH")
                    .ifPresent(
                            url ->
                                    byPath.computeIfAbsent(
                                                    url.getRawPath(), path -> new ArrayList<>())
                                            .add(url));
        }
        return List.copyOf(byPath.values());
    }

    private Optional<URI> url(String option, String text, String expected) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && text.matches("https?://.*")) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException noUrl) {
            // Told below, as every other text that is none.
        }
        expect(false, option, text, expected);
        return Optional.empty();
    }

    /** One for each stream; fewer where there are problems. */
    private List<Signer> signers(int streams) {
        List<String> given = options.secrets;
        if (given.size() < 2) {
            return streamSigner(given.stream().findFirst())
                    .map(signer -> Collections.nCopies(streams, signer))
                    .orElse(List.of());
        }
        expect(
                given.size() == streams,
                "--stream-secret",
                given.size() + " of them",
                "1, or 1 for each path of the URLs, of which there are " + streams);
        return given.stream().flatMap(ref -> streamSigner(Optional.of(ref)).stream()).toList();
    }

    /** One that can sign what is sent. */
    private Optional<Signer> streamSigner(Optional<String> secret) {
        Optional<Signer> signer = signer("--stream-secret", options.auth, secret);
        signer.ifPresent(this::expectSigns);
        return signer;
    }

    private void expectSigns(Signer signer) {
        Event sample = new Event("prove-1", "prove.1", Instant.now());
        try {
            signer.sign(sample.body(form()), Instant.now(), sample.id());
        } catch (IllegalArgumentException e) {
            String problem = "--auth: " + options.auth + ": " + e.getMessage();
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
    }

    private Optional<Signer> signer(String option, String type, Optional<String> secret) {
        try {
            AuthSettings settings =
                    AuthSettings.of(
                            type, secret.map(SecretRef::parse).stream().toArray(SecretRef[]::new));
            List<String> own = AuthSchemes.problems(settings);
            own.forEach(problem -> problems.add(option + ": " + problem));
            return own.isEmpty()
                    ? Optional.of(AuthSchemes.signer(settings, secrets))
                    : Optional.empty();
        } catch (SecretUnavailableException e) {
            problems.add(option + ": " + e.getMessage() + " (expected: a secret that can be read)");
        } catch (IllegalArgumentException e) {
            problems.add(option + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    private List<AdminPort> admins() {
        if (options.admins.isEmpty()) {
            return List.of();
        }
        Optional<Signer> signer = signer("--admin-token", AuthSchemes.BEARER, options.adminToken);
        Map<String, String> credentials =
                signer.map(s -> s.sign(new byte[0], Instant.EPOCH)).orElse(Map.of());
        return options.admins.stream()
                .flatMap(text -> url("--admin", text, "http://HOST:PORT").stream())
                .map(url -> new AdminPort(url, credentials))
                .toList();
    }
}
