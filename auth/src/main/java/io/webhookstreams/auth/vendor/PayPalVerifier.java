/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Trace;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.GuardedFetch;
import io.webhookstreams.auth.fetch.Remembered;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Verifies PayPal's webhooks (PayPal-Java-SDK, {@code Event.validateReceivedEvent}): RSA over
 * {@code id|time|webhook id|CRC32 of the body}. The certificate is one of the stream's own files,
 * or is fetched from PayPal, must lead to an authority of the platform and bear PayPal's name.
 */
public final class PayPalVerifier implements Verifier {

    private static final String HOSTS = "api(?:-m)?(\\.sandbox)?\\.paypal\\.com";
    private static final Pattern URL =
            Pattern.compile(
                    "https://" + HOSTS + "/v1/notifications/certs/CERT-[A-Za-z0-9-]{1,100}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** The Webhooks Simulator signs for {@code WEBHOOK_ID} (developer.paypal.com). */
    private static final Pattern WEBHOOK_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern TIME = Pattern.compile("[0-9T:.Z+-]{1,40}");
    private static final String ALGORITHM = "SHA256withRSA";
    private static final String TIME_HEADER = "paypal-transmission-time";
    private static final int MOST_CHARACTERS = 4096;

    private final String name;
    private final String webhookId;
    private final Times times;
    private final TrustedCertificates files;
    private final Set<TrustAnchor> platform;
    private final Remembered<SigningCertificate> certificates;

    PayPalVerifier(
            String name,
            String webhookId,
            Times times,
            TrustedCertificates files,
            Fetch fetch,
            Set<TrustAnchor> platform,
            LongSupplier nanoClock) {
        this.name = name;
        this.webhookId = webhookId;
        this.times = times;
        this.files = files;
        this.platform = platform;
        SigningCertificate.Reader reader = this::certificate;
        this.certificates = new Remembered<>(fetch, reader, nanoClock);
    }

    /**
     * Verifies one webhook's deliveries.
     *
     * @param settings without {@link #problems}
     * @param tolerance how old and how far ahead a transmission may be
     * @param files certificates from files: where PayPal's own are among them, nothing is fetched;
     *     authorities are trusted beside the platform's
     * @param fetch where other certificates come from; null for PayPal itself
     */
    public static PayPalVerifier open(
            String name,
            VendorSettings settings,
            Tolerance tolerance,
            TrustedCertificates files,
            Fetch fetch) {
        return new PayPalVerifier(
                name,
                settings.webhookId(),
                new Times(tolerance),
                files,
                fetch == null ? GuardedFetch.from(Pattern.compile(HOSTS)) : fetch,
                platformAnchors(),
                System::nanoTime);
    }

    /** Everything wrong, each as {@code auth.NAME: value (expected: …)}; empty if nothing is. */
    public static List<String> problems(VendorSettings settings) {
        String id = settings.webhookId();
        return id != null && WEBHOOK_ID.matcher(id).matches()
                ? List.of()
                : List.of(
                        "auth.webhook-id: "
                                + (id == null ? "missing" : id.length() + " characters")
                                + " (expected: the id that PayPal shows for the webhook)");
    }

    @Override
    public String scheme() {
        return name;
    }

    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        try {
            header(headersOnly, "paypal-transmission-sig");
            header(headersOnly, "paypal-transmission-id");
            times.check(
                    TIME_HEADER,
                    header(headersOnly, TIME_HEADER),
                    headersOnly.receivedAt(),
                    Trace.NONE);
            return Optional.empty();
        } catch (VendorRefused e) {
            return Optional.of(e.denied());
        }
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        try {
            String given = header(request, "paypal-transmission-sig");
            trace.found("header:paypal-transmission-sig", given);
            byte[] signature = signature(given);
            String id = matching(request, "paypal-transmission-id", ID);
            String time = matching(request, TIME_HEADER, TIME);
            times.check(TIME_HEADER, time, request.receivedAt(), trace);
            if (!ALGORITHM.equalsIgnoreCase(header(request, "paypal-auth-algo"))) {
                throw new VendorRefused(
                        Cause.MALFORMED_CREDENTIAL,
                        "paypal-auth-algo: another (expected: " + ALGORITHM + ")");
            }
            CRC32 crc = new CRC32();
            crc.update(request.body());
            byte[] content =
                    (id + "|" + time + "|" + webhookId + "|" + crc.getValue())
                            .getBytes(StandardCharsets.US_ASCII);
            trace.content(List.of(content));
            List<TrustedCertificate> now = files.at(request.receivedAt());
            if (now == null) {
                throw new VendorRefused(Cause.SECRET_UNAVAILABLE, "certificates: not all readable");
            }
            List<TrustedCertificate> pinned =
                    now.stream().filter(file -> !file.isAuthority()).toList();
            return pinned.isEmpty()
                    ? fetched(request, content, signature, trace)
                    : pinned(pinned, request, content, signature, trace);
        } catch (VendorRefused e) {
            return e.denied();
        }
    }

    @Override
    public String challenge() {
        return "PayPal realm=\"webhooks\"";
    }

    @Override
    public void refresh() {
        files.refresh();
    }

    /** Of the stream's own files; of what is fetched nothing is counted: PayPal rotates it. */
    @Override
    public List<SecretStatus> secrets() {
        return files.status();
    }

    private Decision fetched(AuthRequest request, byte[] content, byte[] signature, Trace trace)
            throws VendorRefused {
        trace.fact("paypal-cert-url", header(request, "paypal-cert-url"));
        URI url = url(header(request, "paypal-cert-url"));
        SigningCertificate certificate = SigningCertificate.of(certificates, url, request);
        String file = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        boolean matches = certificate.verifies(ALGORITHM, content, signature, request.receivedAt());
        trace.tried(file, matches);
        if (!matches) {
            throw new VendorRefused(Cause.NO_MATCH, "paypal-transmission-sig: another");
        }
        return new Verified(name, file);
    }

    private Decision pinned(
            List<TrustedCertificate> pinned,
            AuthRequest request,
            byte[] content,
            byte[] signature,
            Trace trace)
            throws VendorRefused {
        for (TrustedCertificate one : pinned) {
            boolean matches =
                    one.signing().verifies(ALGORITHM, content, signature, request.receivedAt());
            trace.tried(one.name(), matches);
            if (matches) {
                files.used(one, request.receivedAt());
                return new Verified(name, one.name());
            }
        }
        throw new VendorRefused(Cause.NO_MATCH, "paypal-transmission-sig: another");
    }

    /** The owner, and the way to an authority, at the moment it is read. */
    private SigningCertificate certificate(URI url, byte[] pem) {
        List<X509Certificate> all = SigningCertificate.read(pem);
        Matcher host = Pattern.compile(HOSTS).matcher(url.getHost());
        String sandbox = host.matches() && host.group(1) != null ? ".sandbox" : "";
        String owner = "CN=messageverificationcerts" + sandbox + ".paypal.com";
        String subject = all.get(0).getSubjectX500Principal().getName();
        if (!Arrays.asList(subject.split(",", -1)).contains(owner)) {
            throw new IllegalArgumentException("another name (expected: " + owner + ")");
        }
        requireTrusted(all);
        return new SigningCertificate(all.get(0));
    }

    private void requireTrusted(List<X509Certificate> chain) {
        try {
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(chain.get(0));
            Set<TrustAnchor> anchors = new HashSet<>(platform);
            Objects.requireNonNullElse(files.current(), List.<TrustedCertificate>of()).stream()
                    .filter(TrustedCertificate::isAuthority)
                    .forEach(file -> anchors.add(new TrustAnchor(file.certificate(), null)));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "leads to no authority (expected: one of the platform, or of a file in auth.secrets)",
                    e);
        }
    }

    private static Set<TrustAnchor> platformAnchors() {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<TrustAnchor> anchors = new HashSet<>();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(issuer, null));
                    }
                }
            }
            return anchors;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("authorities: not provided by this JVM", e);
        }
    }

    private static URI url(String text) throws VendorRefused {
        try {
            if (URL.matcher(text).matches()) {
                return new URI(text);
            }
        } catch (URISyntaxException e) {
            // As any other that is not PayPal's.
        }
        throw new VendorRefused(Cause.NO_MATCH, "paypal-cert-url: another (expected: PayPal's)");
    }

    private static byte[] signature(String base64) throws VendorRefused {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL, "paypal-transmission-sig: (expected: base64)");
        }
    }

    private static String matching(AuthRequest request, String header, Pattern form)
            throws VendorRefused {
        String value = header(request, header);
        if (!form.matcher(value).matches()) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL,
                    header + ": " + value.length() + " characters (expected: " + form + ")");
        }
        return value;
    }

    private static String header(AuthRequest request, String name) throws VendorRefused {
        List<String> values = request.headers(name);
        if (values.size() > 1) {
            throw new VendorRefused(
                    Cause.DUPLICATE_CREDENTIAL, name + ": " + values.size() + " (expected: 1)");
        }
        if (values.isEmpty() || values.get(0).isEmpty()) {
            throw new VendorRefused(Cause.MISSING_CREDENTIAL, name + ": absent (expected: 1)");
        }
        if (values.get(0).length() > MOST_CHARACTERS) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL, name + ": too long (expected: PayPal's)");
        }
        return values.get(0);
    }
}
