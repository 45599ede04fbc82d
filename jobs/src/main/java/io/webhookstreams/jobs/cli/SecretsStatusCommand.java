/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.prove.admin.AdminPort;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Asks every TaskManager's admin port for its secrets, and puts the answers together. */
@Command(
        name = "status",
        description = {
            "Tells each stream's rotation (none, single, overlap, safe to retire, incomplete) and"
                    + " each secret's use, over all TaskManagers. Exit code 1 if one of them does"
                    + " not answer: what it saw is missing then."
        },
        mixinStandardHelpOptions = true)
final class SecretsStatusCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--admin",
            required = true,
            paramLabel = "URL",
            description =
                    "A listener's admin port, as http://HOST:PORT; one for each TaskManager, for"
                            + " each sees a part of the requests.")
    private List<String> admins;

    @Option(
            names = "--admin-token",
            required = true,
            paramLabel = "REF",
            description = "The admin ports' token, as file:PATH or env:NAME.")
    private String adminToken;

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Map<String, String> credentials = credentials();
        List<AdminPort> ports =
                urls().stream().distinct().map(url -> new AdminPort(url, credentials)).toList();
        List<JsonNode> answers = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (AdminPort port : ports) {
            try {
                answers.add(port.status());
            } catch (ConnectException nobodyListens) {
                silent.add(port.url() + ": nobody listens");
            } catch (IOException e) {
                silent.add(e.getMessage() == null ? port.url() + ": no answer" : e.getMessage());
            }
        }
        print(SecretsReport.of(answers, silent));
        return silent.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(SecretsReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json().toPrettyString());
        } else {
            report.lines().forEach(out::println);
        }
        PrintWriter err = spec.commandLine().getErr();
        report.silent().forEach(err::println);
    }

    private Map<String, String> credentials() {
        try {
            AuthSettings settings =
                    AuthSettings.of(AuthSchemes.BEARER, SecretRef.parse(adminToken));
            return AuthSchemes.signer(settings, LocalSecrets.below(Path.of("").toAbsolutePath()))
                    .sign(new byte[0], Instant.EPOCH);
        } catch (SecretUnavailableException | IllegalArgumentException e) {
            throw new InvalidSettingsException(List.of("--admin-token: " + e.getMessage()));
        }
    }

    private List<URI> urls() {
        List<URI> urls = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String text : admins) {
            URI url = url(text);
            if (url == null) {
                problems.add("--admin: " + text + " (expected: http://HOST:PORT)");
            } else {
                urls.add(url);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return urls;
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
