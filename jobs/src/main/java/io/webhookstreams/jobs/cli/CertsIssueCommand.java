/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.certs.CertificateAuthority;
import io.webhookstreams.jobs.certs.CertificateAuthority.Issued;
import io.webhookstreams.jobs.certs.CertificateRequest;
import io.webhookstreams.jobs.certs.CertificateRequest.Usage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Issues a certificate, by a CA that it makes the first time. */
@Command(
        name = "issue",
        description = {
            "Issues NAME.crt and NAME.key (EC P-256, PEM), and prints what to add to auth.clients."
                    + " The first time it also makes the CA, ca.crt and ca.key, in the same folder:"
                    + " listener.tls.client-ca is ca.crt. Whoever has ca.key can be any sender."
        },
        mixinStandardHelpOptions = true)
final class CertsIssueCommand implements Callable<Integer> {

    private static final int LONGEST_DAYS = 36_500;

    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "The CA's folder; made for its owner only if it is not there.")
    private Path folder;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The certificate's common name, and that of its files.")
    private String name;

    @Option(
            names = "--san",
            paramLabel = "SAN",
            description =
                    "A subject alternative name: dns:HOST, uri:URI, email:ADDRESS or ip:ADDRESS;"
                            + " any number of times.")
    private List<String> alternativeNames = List.of();

    @Option(
            names = "--days",
            defaultValue = "90",
            paramLabel = "N",
            description =
                    "How long it is valid, from an hour ago, since clocks differ. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--ca-days",
            defaultValue = "1825",
            paramLabel = "N",
            description = "How long a CA is valid that is made now. Default: ${DEFAULT-VALUE}.")
    private int caDays;

    @Option(
            names = "--server",
            description = "A certificate for a listener (listener.tls.certificate), not a sender.")
    private boolean server;

    @Option(
            names = "--replace",
            description = "Writes over NAME.crt and NAME.key, as for a renewal; never over a CA.")
    private boolean replace;

    @Override
    public Integer call() throws Exception {
        CertificateRequest request =
                new CertificateRequest(
                        name, server ? Usage.SERVER : Usage.CLIENT, alternativeNames, days);
        requireSound(request);
        CertificateAuthority ca =
                new CertificateAuthority(
                        folder.toAbsolutePath().normalize(),
                        new SecureRandom(),
                        InstantSource.system());
        boolean there = ca.hasIssued(name);
        if (there && !replace) {
            throw new InvalidSettingsException(
                    List.of(
                            "--name: %s.crt or %s.key is there already (expected: neither, or --replace)"
                                    .formatted(name, name)));
        }
        if (!ca.isThere()) {
            print("made", ca.create(caDays));
        }
        requireTime(ca);
        print(there ? "replaced" : "made", ca.issue(request, replace));
        if (!server) {
            spec.commandLine().getOut().println("auth.clients: " + clients());
        }
        return ExitCode.OK;
    }

    private void print(String done, Issued issued) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %s (valid until %s)%n", done, issued.certificate(), issued.validUntil());
        out.printf("%s: %s%n", done, issued.key());
    }

    /** The names by which a stream may list it. */
    private String clients() {
        List<String> names =
                alternativeNames.stream().filter(text -> !text.startsWith("ip:")).toList();
        return names.isEmpty() ? "subject:CN=" + name : String.join(" or ", names);
    }

    private void requireSound(CertificateRequest request) {
        List<String> problems = new ArrayList<>(request.problems());
        requireDays("--days", days, LONGEST_DAYS, problems);
        requireDays("--ca-days", caDays, LONGEST_DAYS, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private void requireTime(CertificateAuthority ca) throws IOException {
        List<String> problems = new ArrayList<>();
        requireDays("--days", days, ca.longestDays(), problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static void requireDays(String option, int days, int most, List<String> problems) {
        if (days < 1 || days > most) {
            String expected = "1 to " + most;
            if (most < LONGEST_DAYS) {
                expected = "at most " + most + ", which are left of the CA's time";
            }
            problems.add(option + ": " + days + " (expected: " + expected + ")");
        }
    }
}
