/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Signer;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A configuration file of the job in a directory of its own, with secret files, free ports and
 * streams: {@code events}; {@code pushes}, which GitHub signs; {@code payments}, which Stripe
 * signs; {@code alerts} for a sender whose events have no id; and {@code hasty}, which answers 202
 * without waiting for a checkpoint.
 */
public record WebhooksConfig(
        Path directory,
        FreePorts.Range ingest,
        FreePorts.Range health,
        FreePorts.Range admin,
        FreePorts.Range rest) {

    public static final String TOKEN = "s3cret-of-the-stream-0123456789abcdef";
    public static final String ADMIN_TOKEN = "s3cret-of-the-operator-0123456789abcdef";

    private static final int PORTS = 6;

    public static WebhooksConfig create(Path directory) throws IOException {
        FreePorts.Range all = FreePorts.range(4 * PORTS);
        WebhooksConfig config =
                new WebhooksConfig(
                        Files.createDirectories(directory),
                        part(all, 0),
                        part(all, 1),
                        part(all, 2),
                        part(all, 3));
        Files.writeString(config.tokenFile(), TOKEN);
        Files.writeString(config.adminTokenFile(), ADMIN_TOKEN);
        Files.writeString(config.file(), config.yaml());
        return config;
    }

    public Path file() {
        return directory.resolve("webhooks.yaml");
    }

    /** Adds a line to the block {@code job}, which is the file's last. */
    public void addToJob(String line) throws IOException {
        Files.writeString(file(), "  " + line + "\n", StandardOpenOption.APPEND);
    }

    /** Adds a block before all others. */
    public void addBlock(String block) throws IOException {
        Files.writeString(file(), block + "\n" + Files.readString(file()));
    }

    /** Adds a line to every stream. */
    public void addToStreams(String line) throws IOException {
        String more = Files.readString(file()).replaceAll("    path: /in/.*", "$0\n    " + line);
        Files.writeString(file(), more);
    }

    /** Adds lines to one stream. */
    public void addToStream(String stream, String... lines) throws IOException {
        String path = "    path: /in/" + stream + "\n";
        String more = "    " + String.join("\n    ", lines) + "\n";
        Files.writeString(file(), Files.readString(file()).replace(path, path + more));
    }

    /** What a vendor signs with, for a stream of that {@code auth.type}. */
    public Signer signer(String type) {
        AuthSettings settings = AuthSettings.of(type, SecretRef.parse("file:token"));
        try {
            return AuthSchemes.signer(settings, LocalSecrets.below(directory));
        } catch (SecretUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds an option, {@code KEY: VALUE}, to a section of the file. */
    public void add(String section, String option) throws IOException {
        String head = section + ":\n";
        String yaml = Files.readString(file());
        Files.writeString(file(), yaml.replace(head, head + "  " + option + "\n"));
    }

    public Path tokenFile() {
        return directory.resolve("token");
    }

    /** The files of one of the job's destinations: events, counts, late, dead-letters. */
    public SinkFiles files(String destination) {
        return new SinkFiles(directory.resolve("data/output").resolve(destination));
    }

    public Endpoints endpoints(String stream) {
        return new Endpoints(ingest.urls("/in/" + stream));
    }

    public URI firstEndpoint(String stream) {
        return URI.create("http://127.0.0.1:" + ingest.first() + "/in/" + stream);
    }

    private Path adminTokenFile() {
        return directory.resolve("admin-token");
    }

    private static FreePorts.Range part(FreePorts.Range all, int index) {
        int first = all.first() + index * PORTS;
        return new FreePorts.Range(first, first + PORTS - 1);
    }

    private String yaml() {
        return """
                listener:
                  port: %1$s
                  health.port: %2$s
                  admin:
                    port: %3$s
                    token: file:admin-token
                streams:
                  events:
                    path: /in/events
                    auth: {type: bearer, secrets: ["file:token"]}
                    event-id: json:/id
                    event-type: json:/type
                    event-time: json:/created
                  alerts:
                    path: /in/alerts
                    auth: {type: bearer, secrets: ["file:token"]}
                    event-id: body-digest
                  pushes:
                    path: /in/pushes
                    auth: {type: github, secrets: ["file:token"]}
                  payments:
                    path: /in/payments
                    auth: {type: stripe, secrets: ["file:token"]}
                  hasty:
                    path: /in/hasty
                    auth: {type: bearer, secrets: ["file:token"]}
                    event-id: json:/id
                    tier: accept
                    success-status: 202
                job:
                  rest-port: %4$s
                  checkpoint-interval: 200 ms
                  files.roll-interval: 1 s
                """
                .formatted(ingest, health, admin, rest);
    }
}
