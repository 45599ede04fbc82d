/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ClientName.Kind;
import io.webhookstreams.auth.Denied.Cause;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import javax.security.auth.x500.X500Principal;

/**
 * Reads what a proxy that is trusted says of its client. The proxy has verified the client's chain;
 * here the names are read, from the certificate itself where the header has it, and its time is
 * judged.
 */
final class ForwardedCertificate {

    /**
     * Larger than a certificate in base64 or URL encoding is; the listener caps all headers too.
     */
    private static final int MAX_VALUE = 16 << 10;

    private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String PEM_END = "-----END CERTIFICATE-----";

    private final ForwardedHeader header;
    private final Instant receivedAt;

    private ForwardedCertificate(ForwardedHeader header, Instant receivedAt) {
        this.header = header;
        this.receivedAt = receivedAt;
    }

    /**
     * The names of the client's certificate.
     *
     * @param lines the header's, of which there has to be one
     * @throws RefusedException if they tell none
     */
    static CertificateNames names(ForwardedHeader header, List<String> lines, Instant receivedAt)
            throws RefusedException {
        return new ForwardedCertificate(header, receivedAt).names(lines);
    }

    private CertificateNames names(List<String> lines) throws RefusedException {
        if (lines.isEmpty()) {
            throw refused(Cause.MISSING_CREDENTIAL, "absent from a proxy's request");
        }
        if (lines.size() > 1) {
            throw refused(Cause.DUPLICATE_CREDENTIAL, lines.size() + " lines (expected: one)");
        }
        String value = lines.get(0);
        if (value.length() > MAX_VALUE) {
            throw refused(
                    Cause.MALFORMED_CREDENTIAL,
                    value.length() + " characters (expected: at most " + MAX_VALUE + ")");
        }
        return switch (header) {
            case X_FORWARDED_CLIENT_CERT -> xfcc(XfccElement.last(value));
            case CLIENT_CERT -> certificate(byteSequence(value.strip()));
        };
    }

    private CertificateNames xfcc(XfccElement element) throws RefusedException {
        String certificate = element.one("cert");
        if (!certificate.isEmpty()) {
            return certificate(pem(certificate));
        }
        Map<Kind, List<String>> alternatives = new EnumMap<>(Kind.class);
        alternatives.put(Kind.URI, unescaped(element.all("uri")));
        alternatives.put(Kind.DNS, unescaped(element.all("dns")));
        return new CertificateNames(subject(element.one("subject")), alternatives);
    }

    /**
     * Envoy writes RFC 2253, whose backslashes are those of the header as well. Null for what is
     * not of that form, as the {@code /C=…} of its older versions: it can be compared with nothing.
     */
    private static X500Principal subject(String text) {
        try {
            return text.isEmpty() ? null : new X500Principal(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<String> unescaped(List<String> values) {
        return values.stream().map(value -> value.replace("\\\"", "\"")).toList();
    }

    /** URL encoded PEM, one certificate, to DER. */
    private byte[] pem(String encoded) throws RefusedException {
        try {
            // In a URL's path a plus is a plus.
            String pem =
                    URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.US_ASCII)
                            .strip();
            if (pem.startsWith(PEM_BEGIN) && pem.endsWith(PEM_END)) {
                return Base64.getDecoder()
                        .decode(
                                pem.substring(PEM_BEGIN.length(), pem.length() - PEM_END.length())
                                        .replaceAll("\\s", ""));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Their messages quote the header.
        }
        throw refused(
                Cause.MALFORMED_CREDENTIAL, "Cert unreadable (expected: one in URL encoded PEM)");
    }

    /** RFC 8941, 3.3.5, without parameters. */
    private byte[] byteSequence(String value) throws RefusedException {
        try {
            if (value.length() > 1 && value.startsWith(":") && value.endsWith(":")) {
                return Base64.getDecoder().decode(value.substring(1, value.length() - 1));
            }
        } catch (IllegalArgumentException e) {
            // Its message quotes the header.
        }
        throw refused(Cause.MALFORMED_CREDENTIAL, "malformed (expected: :BASE64:)");
    }

    private CertificateNames certificate(byte[] der) throws RefusedException {
        try {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(certificate.getEncoded(), der)) {
                throw new CertificateException("more than a certificate");
            }
            CertificateNames names = CertificateNames.of(certificate);
            if (receivedAt.isBefore(certificate.getNotBefore().toInstant())
                    || receivedAt.isAfter(certificate.getNotAfter().toInstant())) {
                throw refused(Cause.NO_MATCH, "certificate not valid at this time");
            }
            return names;
        } catch (CertificateException e) {
            throw refused(Cause.MALFORMED_CREDENTIAL, "no certificate (expected: one in DER)");
        }
    }

    private RefusedException refused(Cause cause, String detail) {
        return new RefusedException(cause, header + ": " + detail);
    }
}
