/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.vendor.AwsSnsVerifier;
import io.webhookstreams.auth.vendor.PayPalVerifier;
import io.webhookstreams.auth.vendor.TrustedCertificate;
import io.webhookstreams.auth.vendor.VendorSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the verifiers of vendors that sign with certificates behind URLs. */
final class Vendors {

    private Vendors() {}

    static boolean verify(AuthSettings settings) {
        return builtIn(settings).filter(one -> one != BuiltIn.JWT).isPresent();
    }

    static List<String> problems(AuthSettings settings) {
        List<String> problems = new ArrayList<>();
        int secrets = settings.secrets().size();
        switch (builtIn(settings).orElseThrow()) {
            case AWS_SNS -> {
                problems.addAll(AwsSnsVerifier.problems(settings.vendor()));
                if (secrets > 0) {
                    problems.add("auth.secrets: " + secrets + " references (expected: 0)");
                }
            }
            case PAYPAL -> {
                problems.addAll(PayPalVerifier.problems(settings.vendor()));
                if (secrets > SettingsCheck.MAX_SECRETS) {
                    problems.add(
                            "auth.secrets: %d references (expected: at most %d)"
                                    .formatted(secrets, SettingsCheck.MAX_SECRETS));
                }
            }
            case JWT -> throw new IllegalArgumentException("tokens are another's");
        }
        return problems;
    }

    /** What is set for another type. */
    static List<String> strays(AuthSettings settings) {
        Optional<BuiltIn> builtIn = builtIn(settings);
        List<String> problems = new ArrayList<>();
        if (!settings.vendor().topics().isEmpty()
                && builtIn.filter(one -> one == BuiltIn.AWS_SNS).isEmpty()) {
            problems.add("auth.topics: set (expected: only with aws-sns)");
        }
        if (settings.vendor().webhookId() != null
                && builtIn.filter(one -> one == BuiltIn.PAYPAL).isEmpty()) {
            problems.add("auth.webhook-id: set (expected: only with paypal)");
        }
        return problems;
    }

    static Verifier verifier(AuthSettings settings, SecretResolver resolver, Fetch fetch)
            throws SecretUnavailableException {
        VendorSettings vendor = settings.vendor();
        Tolerance tolerance =
                AuthSchemes.preset(settings)
                        .tolerance()
                        .with(settings.tolerancePast(), settings.toleranceFuture());
        return switch (builtIn(settings).orElseThrow()) {
            case AWS_SNS -> AwsSnsVerifier.open(settings.type(), vendor, tolerance, fetch);
            case PAYPAL -> {
                KeyRing<TrustedCertificate> ring =
                        KeyRing.open(settings.secrets(), resolver, Vendors::certificate);
                yield PayPalVerifier.open(
                        settings.type(),
                        vendor,
                        tolerance,
                        () -> all(ring.current()),
                        ring::refresh,
                        fetch);
            }
            case JWT -> throw new IllegalArgumentException("tokens are another's");
        };
    }

    /**
     * Null where one is missing: a pinned certificate that is gone must not mean that others pass.
     */
    private static List<TrustedCertificate> all(KeyRing.Keys<TrustedCertificate> now) {
        return now.complete() ? now.keys() : null;
    }

    static IllegalArgumentException cannotSign(AuthSettings settings) {
        return new IllegalArgumentException(
                "auth.type: "
                        + settings.type()
                        + " (expected: another to sign for, nobody but the vendor has its private"
                        + " key)");
    }

    private static TrustedCertificate certificate(SecretRef ref, Secret pem)
            throws SecretUnavailableException {
        try {
            return TrustedCertificate.read(ref.name(), pem.bytes());
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(ref, e.getMessage());
        }
    }

    private static Optional<BuiltIn> builtIn(AuthSettings settings) {
        return Optional.ofNullable(settings.type()).flatMap(Presets::named).map(Preset::builtIn);
    }
}
