/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.certs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a certificate is to say.
 *
 * @param name its common name, and that of its files
 * @param usage which side of a connection it is for
 * @param alternativeNames {@code dns:HOST}, {@code uri:URI}, {@code email:ADDRESS} or {@code
 *     ip:ADDRESS}
 * @param days how long it is valid
 */
public record CertificateRequest(
        String name, Usage usage, List<String> alternativeNames, int days) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

    /** No comma: {@code keytool} takes it for the end of a name. */
    private static final Pattern ALTERNATIVE =
            Pattern.compile("dns:[A-Za-z0-9.-]{1,253}|(uri|email):[!-+.-~]{1,255}|ip:[0-9a-f.:]+");

    /** The purpose that a certificate names (RFC 5280, 4.2.1.12). */
    public enum Usage {
        CLIENT("clientAuth"),
        SERVER("serverAuth");

        private final String purpose;

        Usage(String purpose) {
            this.purpose = purpose;
        }

        String purpose() {
            return purpose;
        }
    }

    public CertificateRequest {
        alternativeNames = List.copyOf(alternativeNames);
    }

    /** Everything wrong with it, as problems of the command's options; empty if nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches() || name.equals(CertificateAuthority.NAME)) {
            problems.add("--name: %s (expected: %s, and not ca)".formatted(name, NAME.pattern()));
        }
        for (String alternative : alternativeNames) {
            if (!ALTERNATIVE.matcher(alternative).matches()) {
                problems.add(
                        "--san: %s (expected: dns:HOST, uri:URI, email:ADDRESS or ip:ADDRESS, in ASCII and without commas)"
                                .formatted(alternative));
            }
        }
        if (usage == Usage.SERVER && alternativeNames.isEmpty()) {
            problems.add("--san: absent (expected: the server's dns:HOST or ip:ADDRESS)");
        }
        return problems;
    }

    /** Its distinguished name. */
    String subject() {
        return "CN=" + name;
    }
}
