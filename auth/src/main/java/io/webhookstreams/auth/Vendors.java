/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.vendor.AwsSnsVerifier;
import io.webhookstreams.auth.vendor.PayPalVerifier;
import io.webhookstreams.auth.vendor.TrustedCertificate;
import io.webhookstreams.auth.vendor.TrustedCertificates;
import io.webhookstreams.auth.vendor.VendorSettings;

import java.time.Instant;
import java.time.InstantSource;
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

    static Verifier verifier(
            AuthSettings settings, SecretResolver resolver, InstantSource clock, Fetch fetch)
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
                        KeyRing.open(settings.secrets(), resolver, Vendors::certificate, clock);
                yield PayPalVerifier.open(
                        settings.type(), vendor, tolerance, new Files(ring), fetch);
            }
            case JWT -> throw new IllegalArgumentException("tokens are another's");
        };
    }

    /** The certificates of a stream's own files, each with its time and what is counted of it. */
    private record Files(KeyRing<TrustedCertificate> ring) implements TrustedCertificates {

        /**
         * Null where one is missing: a pinned certificate that is gone must not mean that others
         * pass.
         */
        @Override
        public List<TrustedCertificate> at(Instant receivedAt) {
            KeyRing.Keys<TrustedCertificate> now = ring.current();
            return now.isCompleteAt(receivedAt)
                    ? now.all().stream()
                            .filter(held -> held.verifiesAt(receivedAt))
                            .map(KeyRing.Held::key)
                            .toList()
                    : null;
        }

        @Override
        public List<TrustedCertificate> current() {
            KeyRing.Keys<TrustedCertificate> now = ring.current();
            return now.complete() ? now.keys() : null;
        }

        @Override
        public void used(TrustedCertificate certificate, Instant receivedAt) {
            ring.current().all().stream()
                    .filter(held -> certificate.equals(held.key()))
                    .forEach(held -> held.use().used(receivedAt));
        }

        @Override
        public List<SecretStatus> status() {
            return ring.status();
        }

        @Override
        public void refresh() {
            ring.refresh();
        }
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
