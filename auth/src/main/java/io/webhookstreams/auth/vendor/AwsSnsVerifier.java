/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Confirmation;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Trace;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.GuardedFetch;
import io.webhookstreams.auth.fetch.Remembered;
import io.webhookstreams.auth.vendor.SnsMessage.Kind;

import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

/**
 * Verifies what Amazon SNS posts ("Verifying the signatures of Amazon SNS messages"), signatures of
 * version 1 and 2. Anybody can have a topic that posts here, so that only configured topics may.
 *
 * <p>The certificate comes over TLS from the host of the topic's region and bears the name that
 * AWS's own SDK expects. AWS serves it without the authorities above it, so that, as with the SDK,
 * the chain that is checked is the one of that connection.
 */
public final class AwsSnsVerifier implements Verifier {

    private static final Pattern PATH =
            Pattern.compile("/SimpleNotificationService-[0-9a-f]{32}\\.pem");
    private static final Map<String, String> ALGORITHMS =
            Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");
    private static final int MOST_URL = 256;

    private final String name;
    private final Map<String, SnsTopic> topics;
    private final Times times;
    private final Remembered<SigningCertificate> certificates;
    private final SnsSubscriptions subscriptions;

    AwsSnsVerifier(
            String name,
            List<SnsTopic> topics,
            Times times,
            Fetch fetch,
            Fetch confirm,
            LongSupplier nanoClock) {
        this.name = name;
        this.topics =
                topics.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        SnsTopic::arn, Function.identity(), (a, b) -> a));
        this.times = times;
        SigningCertificate.Reader reader = this::certificate;
        this.certificates = new Remembered<>(fetch, reader, nanoClock);
        this.subscriptions = new SnsSubscriptions(confirm, nanoClock);
    }

    /**
     * Verifies what these topics post.
     *
     * @param settings without {@link #problems}
     * @param tolerance how old and how far ahead a message may be
     * @param fetch where certificates come from and subscriptions are confirmed; null for AWS
     *     itself
     */
    public static AwsSnsVerifier open(
            String name, VendorSettings settings, Tolerance tolerance, Fetch fetch) {
        List<SnsTopic> topics = settings.topics().stream().map(SnsTopic::parse).toList();
        Pattern hosts =
                Pattern.compile(
                        topics.stream()
                                .map(SnsTopic::host)
                                .distinct()
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|")));
        return new AwsSnsVerifier(
                name,
                topics,
                new Times(tolerance),
                fetch == null ? GuardedFetch.from(hosts) : fetch,
                fetch == null ? GuardedFetch.from(hosts, SnsSubscriptions.MOST_URL) : fetch,
                System::nanoTime);
    }

    /** Everything wrong, each as {@code auth.NAME: value (expected: …)}; empty if nothing is. */
    public static List<String> problems(VendorSettings settings) {
        String expected = " (expected: arn:aws:sns:REGION:ACCOUNT:NAME of a topic that may send)";
        List<String> problems = new ArrayList<>();
        if (settings.topics().isEmpty()) {
            problems.add("auth.topics: missing" + expected);
        }
        for (String topic : settings.topics()) {
            try {
                SnsTopic.parse(topic);
            } catch (IllegalArgumentException e) {
                String safe = topic.replaceAll("[^ -~]", "?");
                problems.add(
                        "auth.topics: "
                                + safe.substring(0, Math.min(200, safe.length()))
                                + expected);
            }
        }
        return problems;
    }

    @Override
    public String scheme() {
        return name;
    }

    /** Raw deliveries carry no signature; and SNS posts, which nothing signs. */
    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        if (!headersOnly.method().equals("POST")) {
            return Optional.of(
                    new Denied(Cause.MALFORMED_CREDENTIAL, "method: another (expected: POST)"));
        }
        return headersOnly.headers("x-amz-sns-rawdelivery").isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Denied(
                                Cause.MISSING_CREDENTIAL,
                                "raw delivery (expected: off, it is not signed)"));
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        Optional<Denied> denied = precheck(request);
        if (denied.isPresent()) {
            return denied.get();
        }
        try {
            SnsMessage message = SnsMessage.parse(request.body());
            trace.fact("Type", message.kind());
            trace.fact("TopicArn", message.text("TopicArn"));
            SnsTopic topic = topic(message);
            byte[] content = message.signedContent();
            trace.found("json:/Signature", message.text("Signature"));
            byte[] signature = signature(message.text("Signature"));
            trace.fact("SignatureVersion", message.text("SignatureVersion"));
            String algorithm = ALGORITHMS.get(message.text("SignatureVersion"));
            if (algorithm == null) {
                throw new VendorRefused(
                        Cause.MALFORMED_CREDENTIAL, "SignatureVersion: another (expected: 1, 2)");
            }
            times.check("json:/Timestamp", message.text("Timestamp"), request.receivedAt(), trace);
            trace.content(List.of(content));
            trace.fact("SigningCertURL", message.text("SigningCertURL"));
            URI url = url(message.text("SigningCertURL"), topic);
            SigningCertificate certificate = SigningCertificate.of(certificates, url, request);
            String file = url.getPath().substring(1);
            boolean matches =
                    certificate.verifies(algorithm, content, signature, request.receivedAt());
            trace.tried(file, matches);
            if (!matches) {
                throw new VendorRefused(Cause.NO_MATCH, "Signature: another");
            }
            if (message.kind() == Kind.UNSUBSCRIBE_CONFIRMATION && trace == Trace.NONE) {
                subscriptions.ended(topic);
            }
            return new Verified(name, file);
        } catch (VendorRefused e) {
            return e.denied();
        }
    }

    /** Asks once more who has signed it: of several proofs, the request may have shown another. */
    @Override
    public Confirmation confirm(AuthRequest request, String url, boolean mayFetch) {
        if (verify(request) instanceof Denied denied) {
            return denied.cause().isRetryable() ? Confirmation.PENDING : Confirmation.REFUSED;
        }
        try {
            SnsMessage message = SnsMessage.parse(request.body());
            return message.kind() == Kind.SUBSCRIPTION_CONFIRMATION
                    ? subscriptions.confirm(request, message, topic(message), url, mayFetch)
                    : Confirmation.REFUSED;
        } catch (VendorRefused e) {
            return Confirmation.REFUSED;
        }
    }

    private SnsTopic topic(SnsMessage message) throws VendorRefused {
        SnsTopic topic = topics.get(message.text("TopicArn"));
        if (topic == null) {
            throw new VendorRefused(Cause.NO_MATCH, "TopicArn: none of the configured");
        }
        return topic;
    }

    /** Never sent with a scheme that clients know. */
    @Override
    public String challenge() {
        return "AwsSns realm=\"webhooks\"";
    }

    private SigningCertificate certificate(URI url, byte[] pem) {
        List<X509Certificate> all = SigningCertificate.read(pem);
        if (all.size() > 1) {
            throw new IllegalArgumentException(all.size() + " certificates (expected: 1)");
        }
        SnsTopic topic =
                topics.values().stream()
                        .filter(one -> one.host().equals(url.getHost()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("of no topic's host"));
        if (topic.owners().stream().noneMatch(owner -> bears(all.get(0), owner))) {
            throw new IllegalArgumentException("another name (expected: that of SNS)");
        }
        return new SigningCertificate(all.get(0));
    }

    private static boolean bears(X509Certificate certificate, String owner) {
        try {
            new DefaultHostnameVerifier().verify(owner, certificate);
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    private static URI url(String text, SnsTopic topic) throws VendorRefused {
        try {
            URI url = new URI(text.length() > MOST_URL ? "" : text);
            if (text.equals("https://" + topic.host() + url.getPath())
                    && PATH.matcher(url.getPath()).matches()) {
                return url;
            }
        } catch (URISyntaxException e) {
            // As any other that is not AWS's.
        }
        throw new VendorRefused(
                Cause.NO_MATCH, "SigningCertURL: another (expected: https://" + topic.host() + ")");
    }

    private static byte[] signature(String base64) throws VendorRefused {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL, "Signature: not base64 (expected: base64)");
        }
    }
}
