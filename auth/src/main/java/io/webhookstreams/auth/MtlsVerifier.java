/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in connections whose client certificate bears a name that the stream lists. That the
 * certificate comes from the listener's CA was verified at the handshake; that it is still valid is
 * judged again per request, since connections live long.
 *
 * <p>Where that certificate is one of the stream's proxies', the one that the proxy forwards counts
 * in its place. From everyone else such a header proves nothing; it reaches no record from anybody.
 */
final class MtlsVerifier implements Verifier {

    /** Envoy's header, and those of RFC 9440. */
    private static final Set<String> FORWARDED =
            Set.of("x-forwarded-client-cert", "client-cert", "client-cert-chain");

    private final String scheme;
    private final ForwardedHeader header;
    private final ClientList clients;
    private final ClientList proxies;

    MtlsVerifier(String scheme, ClientSettings settings) {
        this.scheme = scheme;
        this.header = settings.header();
        this.clients = new ClientList(settings.listed());
        this.proxies = new ClientList(settings.proxies());
    }

    @Override
    public String scheme() {
        return scheme;
    }

    /** Decides in full: the body has no part in it. */
    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        return verify(headersOnly, Trace.NONE) instanceof Denied denied
                ? Optional.of(denied)
                : Optional.empty();
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        List<X509Certificate> chain = request.clientCertificates();
        trace.fact("client certificates of the connection", chain.size());
        if (chain.isEmpty()) {
            return new Denied(Cause.MISSING_CREDENTIAL, "client certificate: none");
        }
        try {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity(Date.from(request.receivedAt()));
            }
            CertificateNames peer = CertificateNames.of(chain.get(0));
            return proxies.find(peer) == null
                    ? decide(peer, "client certificate")
                    : decide(forwarded(request), header.toString());
        } catch (CertificateParsingException e) {
            return new Denied(Cause.MALFORMED_CREDENTIAL, "client certificate: unreadable names");
        } catch (CertificateException e) {
            return new Denied(Cause.NO_MATCH, "client certificate: not valid at this time");
        } catch (RefusedException e) {
            return e.denied();
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

    private CertificateNames forwarded(AuthRequest request) throws RefusedException {
        return ForwardedCertificate.names(
                header, request.headers(header.toString()), request.receivedAt());
    }

    private Decision decide(CertificateNames names, String whose) {
        String name = clients.find(names);
        return name == null
                ? new Denied(Cause.NO_MATCH, whose + ": not on the stream's list")
                : new Verified(scheme, name);
    }
}
