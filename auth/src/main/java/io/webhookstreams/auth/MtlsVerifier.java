/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

/**
 * Lets in connections whose client certificate bears a name that the stream lists. That the
 * certificate comes from the listener's CA was verified at the handshake; that it is still valid is
 * judged again per request, since connections live long. Headers in which a proxy forwards a
 * certificate prove nothing here and reach no record.
 */
final class MtlsVerifier implements Verifier {

    /** Envoy's header, and those of RFC 9440. */
    private static final Set<String> FORWARDED =
            Set.of("x-forwarded-client-cert", "client-cert", "client-cert-chain");

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    private final String scheme;
    private final Map<X500Principal, String> subjects = new HashMap<>();
    private final Map<Integer, Map<String, String>> alternatives = new HashMap<>();

    MtlsVerifier(String scheme, List<ClientName> clients) {
        this.scheme = scheme;
        for (ClientName client : clients) {
            switch (client.kind()) {
                case DNS -> alternative(DNS, client);
                case URI -> alternative(URI, client);
                case EMAIL -> alternative(EMAIL, client);
                case SUBJECT ->
                        subjects.putIfAbsent(new X500Principal(client.value()), client.name());
            }
        }
    }

    @Override
    public String scheme() {
        return scheme;
    }

    /** Decides in full: the body has no part in it. */
    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        return verify(headersOnly) instanceof Denied denied
                ? Optional.of(denied)
                : Optional.empty();
    }

    @Override
    public Decision verify(AuthRequest request) {
        List<X509Certificate> chain = request.clientCertificates();
        if (chain.isEmpty()) {
            return new Denied(Cause.MISSING_CREDENTIAL, "client certificate: none");
        }
        try {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity(Date.from(request.receivedAt()));
            }
            String name = nameOf(chain.get(0));
            return name == null
                    ? new Denied(Cause.NO_MATCH, "client certificate: not on the stream's list")
                    : new Verified(scheme, name);
        } catch (CertificateParsingException e) {
            return new Denied(Cause.MALFORMED_CREDENTIAL, "client certificate: unreadable names");
        } catch (CertificateException e) {
            return new Denied(Cause.NO_MATCH, "client certificate: not valid at this time");
        }
    }

    @Override
    public Set<String> credentialHeaders() {
        Set<String> headers = new HashSet<>(ALWAYS_CREDENTIAL_HEADERS);
        headers.addAll(FORWARDED);
        return headers;
    }

    @Override
    public String challenge() {
        return "Mutual-TLS realm=\"webhooks\"";
    }

    private void alternative(int type, ClientName client) {
        alternatives
                .computeIfAbsent(type, t -> new HashMap<>())
                .putIfAbsent(client.value(), client.name());
    }

    /** The entry that matches; null for none. {@code X500Principal} compares canonical forms. */
    private String nameOf(X509Certificate certificate) throws CertificateParsingException {
        String bySubject = subjects.get(certificate.getSubjectX500Principal());
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (bySubject != null || names == null) {
            return bySubject;
        }
        for (List<?> name : names) {
            Map<String, String> listed = alternatives.get((Integer) name.get(0));
            if (listed != null && name.get(1) instanceof String text) {
                String key = name.get(0).equals(DNS) ? text.toLowerCase(Locale.ROOT) : text;
                String found = listed.get(key);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
