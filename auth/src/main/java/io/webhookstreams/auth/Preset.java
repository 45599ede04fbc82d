/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.jwt.JwtSettings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of one vendor's webhooks: plain data from {@code presets.yaml}, immutable. A
 * stream's own settings win over it.
 *
 * @param name the {@link AuthSettings#type() type} that configurations use
 * @param title what people call it
 * @param schemes its signatures; the first that is for the request decides alone. At least one, but
 *     for what a {@code builtIn} verifies: none
 * @param envelope where events say what they are
 * @param successStatus the 2xx that the vendor takes for a success
 * @param overloadStatus 429 or 503, whichever costs less with this vendor
 * @param retries whether the vendor sends a delivery again by itself after a failure
 * @param bodyMayChangeOnRetry whether a retry under the same id may carry other bytes
 * @param deadline how long the vendor waits for an answer; null where it does not say
 * @param wrongSignature what it must be told of a wrong signature; null for the usual
 * @param secret what the secret is and where the vendor shows it, for users; never null
 * @param retry what the vendor does after a failure, for users; never null
 * @param retryAfter how it reads {@code Retry-After}; null where it does not say that it does
 * @param handshake what it asks of an endpoint before the first event; null for nothing
 * @param register how the endpoint is registered at the vendor, for users; never null
 * @param sandbox what the vendor has for trying it out, for users; never null
 * @param notCovered what the signature does not protect, one sentence for users; never null
 * @param builtIn what verifies it in place of schemes; null for nothing
 * @param tolerance how far from now the time may be that a vendor's own verifier finds; null for
 *     others, whose schemes say so
 * @param jwt what is known of its tokens; null where it has none
 * @param pinnedClaims the claims of its tokens whose value a configuration must give
 * @param provenance how well all this is known; null where there is no vendor
 */
public record Preset(
        String name,
        String title,
        List<SignatureScheme> schemes,
        Envelope envelope,
        int successStatus,
        int overloadStatus,
        boolean retries,
        boolean bodyMayChangeOnRetry,
        Duration deadline,
        WrongSignature wrongSignature,
        String secret,
        String retry,
        RetryAfterForm retryAfter,
        Handshake handshake,
        String register,
        String sandbox,
        String notCovered,
        BuiltIn builtIn,
        Tolerance tolerance,
        JwtSettings jwt,
        List<String> pinnedClaims,
        Provenance provenance) {

    private static final Set<String> SIGNED_BY_SNS =
            Set.of("/Message", "/MessageId", "/Subject", "/Timestamp", "/TopicArn", "/Type");

    public Preset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        schemes = schemes == null ? List.of() : List.copyOf(schemes);
        pinnedClaims = pinnedClaims == null ? List.of() : List.copyOf(pinnedClaims);
        Objects.requireNonNull(envelope, "envelope");
        wrongSignature = Objects.requireNonNullElse(wrongSignature, WrongSignature.MAY_BE_503);
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(register, "register");
        Objects.requireNonNull(sandbox, "sandbox");
        Objects.requireNonNull(notCovered, "not-covered");
        if (schemes.isEmpty() == (builtIn == null)) {
            throw new IllegalArgumentException(
                    "schemes: " + schemes.size() + " (expected: at least 1, or built-in)");
        }
        if ((builtIn == BuiltIn.JWT) == (jwt == null)) {
            throw new IllegalArgumentException(
                    "jwt: " + jwt + " (expected: exactly with built-in: jwt)");
        }
        if ((builtIn == null || builtIn == BuiltIn.JWT) != (tolerance == null)) {
            throw new IllegalArgumentException(
                    "tolerance: "
                            + tolerance
                            + " (expected: exactly with a vendor's own verifier)");
        }
        if (successStatus < 200 || successStatus > 299) {
            throw new IllegalArgumentException(
                    "success-status: " + successStatus + " (expected: 200 to 299)");
        }
        if (overloadStatus != 429 && overloadStatus != 503) {
            throw new IllegalArgumentException(
                    "overload-status: " + overloadStatus + " (expected: 429 or 503)");
        }
        if (handshake != null && handshake.isComputed() && !signsNoToken(schemes)) {
            throw new IllegalArgumentException(
                    "handshake: computed (expected: content with a character that no token has, in"
                            + " every scheme, and a MAC)");
        }
    }

    /** Schemes that are no vendor's, of whose senders nothing more is known. */
    static Preset ofNobody(String name, List<SignatureScheme> schemes) {
        return new Preset(
                name,
                name,
                schemes,
                new Envelope(null, null, null, null, null),
                200,
                503,
                false,
                false,
                null,
                null,
                "",
                "",
                null,
                null,
                "",
                "",
                "",
                null,
                null,
                null,
                null,
                null);
    }

    /** Whether what a handshake has signed can never be what an event has signed. */
    private static boolean signsNoToken(List<SignatureScheme> schemes) {
        return schemes.stream()
                .allMatch(
                        scheme ->
                                scheme.algorithm().kind() == Algorithm.Kind.MAC
                                        && scheme.signsMoreThan(OpenHandshake.SIGNABLE));
    }

    /** The same with other tolerances where they are given; null keeps the vendor's own. */
    Preset with(Duration past, Duration future) {
        return with(schemes.stream().map(scheme -> scheme.with(past, future)).toList());
    }

    /** The same with other signatures. */
    Preset with(List<SignatureScheme> others) {
        return new Preset(
                name,
                title,
                others,
                envelope,
                successStatus,
                overloadStatus,
                retries,
                bodyMayChangeOnRetry,
                deadline,
                wrongSignature,
                secret,
                retry,
                retryAfter,
                handshake,
                register,
                sandbox,
                notCovered,
                builtIn,
                tolerance,
                jwt,
                pinnedClaims,
                provenance);
    }

    /** What its sender proves itself with, in a word or two. */
    public String proof() {
        return builtIn == null ? schemes.get(0).algorithm().toString() : builtIn.toString();
    }

    /** Whether it proves what was sent, beyond that its sender holds a secret. */
    public boolean signs() {
        if (builtIn != null) {
            return builtIn != BuiltIn.JWT || jwt.bodyHashClaim() != null;
        }
        return schemes.stream().allMatch(scheme -> scheme.algorithm().signs());
    }

    /** Whether its body shows a token, which whoever reads it can use. */
    boolean hasTokenInBody() {
        return schemes.stream()
                .anyMatch(
                        scheme ->
                                !scheme.algorithm().signs()
                                        && scheme.signature().from().needsBody());
    }

    /**
     * Whether nobody without a secret can change what stands there. False for all places where
     * nothing is signed.
     */
    public boolean covers(ValueLocation location) {
        if (builtIn != null) {
            return switch (builtIn) {
                case JWT -> signs() && location.isInBody();
                case AWS_SNS ->
                        location.kind() == ValueLocation.Kind.JSON
                                && SIGNED_BY_SNS.contains(location.name());
                // A CRC32 holds nobody back.
                case PAYPAL -> false;
            };
        }
        return schemes.stream().allMatch(scheme -> scheme.covers(location));
    }
}
