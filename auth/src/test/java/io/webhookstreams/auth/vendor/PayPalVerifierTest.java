/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Explainer;
import io.webhookstreams.auth.Explanation;
import io.webhookstreams.auth.Secret;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.Verifier;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

class PayPalVerifierTest {

    private static final Duration DAYS = Duration.ofDays(4);
    private static final String WEBHOOK = "0FV983392A0531201";
    private static final String ID = "afa30d40-ca4a-11e9-ab68-7d4e2605c70c";
    private static final String URL =
            "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270";

    /** PayPal-Java-SDK, ValidateCertTest: what PayPal's sandbox has signed. */
    private static final Instant SIGNED = Instant.parse("2019-08-29T10:49:33Z");

    private static final String SIGNATURE =
            "K7DF5+hOyGS6v0xTZ9PkEO+BFNQmpryxw2hFlXbHgmxpu+883ldEC9HcL6ccEmB8sfy80y/Q3qcZZL1MR8Qi0e1y"
                    + "sylVj/yROgKK6zBsQPoNmgXC8yTiNoAjULuhk5Aoau0Itk3nrkgAfji1zvADlErMFM9VZe2nDvhM3nDM"
                    + "LjCi/K5fRjWp3eGo6Nx17GX/WIEibeKDyS+YdJMex3i+KO4aWmm9zznC/FJ5Y/ntd0MxOJNrM0r0f3y7"
                    + "c3e3sO5pB3oPgN6KzKVS5P6AWHqtS8acD3DjgCKZ1uqKz7q954G1aBz2/m0wRGOFFsv0/D3FE2uIheRR"
                    + "moQtVSOAX7Aupg==";

    @TempDir private static Path directory;
    private static TestCertificates certificates;

    private final TestFetch fetch = new TestFetch();

    @BeforeAll
    static void make() {
        certificates =
                new TestCertificates(directory)
                        .authority("root")
                        .authority("stranger")
                        .signed("paypal", "messageverificationcerts.paypal.com", "root")
                        .signed("sandbox", "messageverificationcerts.sandbox.paypal.com", "root")
                        .signed("other", "messageverificationcerts.paypal.com.example", "root")
                        .signed("forged", "messageverificationcerts.paypal.com", "stranger");
    }

    /** The signature covers a CRC32 of the body only: this body is not the one that PayPal sent. */
    @Test
    void paypals_published_signature_verifies_also_over_another_body_of_the_same_crc32()
            throws IOException {
        TrustedCertificate own = TrustedCertificate.read("pp", resource("paypal-certificate.pem"));
        PayPalVerifier verifier = verifier(List.of(own), WEBHOOK, Duration.ofDays(3650));
        TestPost post = published();

        assertThat(verifier.precheck(post)).isEmpty();
        assertThat(verifier.verify(post)).isEqualTo(new Verified("paypal", "pp"));
        assertThat(fetch.started()).isEmpty();
        assertCause(verifier, post.body("{}"), Cause.NO_MATCH);
        assertCause(verifier, post.with("paypal-transmission-id", ID + "0"), Cause.NO_MATCH);
        assertCause(
                verifier,
                post.with("paypal-transmission-time", "2019-08-29T10:49:34Z"),
                Cause.NO_MATCH);
        assertCause(verifier(List.of(own), "another", DAYS), post, Cause.NO_MATCH);
        assertCause(verifier, post.at(Instant.parse("2021-05-25T00:00:00Z")), Cause.NO_MATCH);
    }

    @Test
    void an_explanation_decides_as_the_verifier_does() throws Exception {
        byte[] pem = resource("paypal-certificate.pem");
        AuthSettings settings =
                AuthSettings.of("paypal", SecretRef.parse("pp=file:paypal.pem"))
                        .with(new VendorSettings(List.of(), WEBHOOK));
        PayPalVerifier verifier =
                verifier(List.of(TrustedCertificate.read("pp", pem)), WEBHOOK, DAYS);
        TestPost good = published();
        for (TestPost post :
                List.of(
                        good,
                        good.body("{}"),
                        good.with("paypal-transmission-id", "a|b"),
                        good.with("paypal-transmission-sig", "***"),
                        TestPost.of("{}"))) {
            Explanation explained =
                    new Explainer(ref -> Secret.of(ref.name(), pem), fetch)
                            .explain(settings, post, Map.of());

            assertThat(explained.decision()).isEqualTo(verifier.verify(post));
        }
    }

    /** One captured set of headers lets any body of the same CRC32 in. */
    @Test
    void a_forged_body_passes_for_four_days_only_and_for_longer_only_where_that_is_written()
            throws Exception {
        byte[] pem = resource("paypal-certificate.pem");
        AuthSettings usual =
                AuthSettings.of("paypal", SecretRef.parse("pp=file:paypal.pem"))
                        .with(new VendorSettings(List.of(), WEBHOOK));
        AuthSettings wide =
                new AuthSettings("paypal", usual.secrets(), Duration.ofDays(36_500), null, null)
                        .with(usual.vendor());
        TestPost post =
                new TestPost("POST", Map.of(), forgedBody(), SIGNED)
                        .with("paypal-transmission-id", ID)
                        .with("paypal-transmission-time", "2019-08-29T10:49:33Z")
                        .with("paypal-auth-algo", "SHA256withRSA")
                        .with("paypal-transmission-sig", SIGNATURE);
        Explainer explainer = new Explainer(ref -> Secret.of(ref.name(), pem), fetch);

        TestPost last = post.at(SIGNED.plus(DAYS));
        assertThat(explainer.explain(usual, last, Map.of()).decision())
                .isInstanceOf(Verified.class);
        TestPost late = post.at(SIGNED.plus(DAYS).plusSeconds(1));
        assertThat(explainer.explain(usual, late, Map.of()).decision())
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_OLD);
        assertThat(explainer.explain(wide, late, Map.of()).decision()).isInstanceOf(Verified.class);
        TestPost ahead = post.at(SIGNED.minusSeconds(301));
        assertThat(explainer.explain(usual, ahead, Map.of()).decision())
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @Test
    void a_pinned_certificate_has_its_time_and_is_counted() throws Exception {
        byte[] pem = resource("paypal-certificate.pem");
        AuthSettings settings =
                AuthSettings.of(
                                "paypal",
                                SecretRef.parse(
                                        "pp[not-after=2019-09-01T00:00:00Z]=file:paypal.pem"))
                        .with(new VendorSettings(List.of(), WEBHOOK));
        TestPost post = published();

        Explanation then =
                new Explainer(ref -> Secret.of(ref.name(), pem), fetch)
                        .explain(settings, post, Map.of());
        assertThat(then.decision()).as("as of then").isEqualTo(new Verified("paypal", "pp"));

        Verifier verifier =
                AuthSchemes.verifier(
                        settings,
                        ref -> Secret.of(ref.name(), pem),
                        InstantSource.fixed(post.receivedAt()));
        verifier.verify(post);
        verifier.verify(post.body("{}"));
        assertThat(verifier.secrets())
                .singleElement()
                .satisfies(
                        secret -> {
                            assertThat(secret.name()).isEqualTo("pp");
                            assertThat(secret.uses()).isEqualTo(1);
                            assertThat(secret.lastUsed()).isEqualTo(post.receivedAt());
                        });
    }

    @Test
    void the_simulators_webhook_id_is_one() {
        assertThat(PayPalVerifier.problems(new VendorSettings(List.of(), "WEBHOOK_ID"))).isEmpty();
    }

    @Test
    void the_certificate_is_fetched_and_must_lead_to_an_authority() {
        PayPalVerifier verifier = verifier(List.of(), WEBHOOK, DAYS);
        TestPost post = signed("paypal");

        assertCause(verifier, post, Cause.KEY_PENDING);
        fetch.answer(certificates.pem("paypal"));
        assertThat(verifier.verify(post))
                .isEqualTo(new Verified("paypal", "CERT-360caa42-fca2a594-1d93a270"));
        assertThat(fetch.started()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "other", "sandbox", "root"})
    void a_certificate_that_is_not_paypals_is_refused(String alias) {
        PayPalVerifier verifier = verifier(List.of(), WEBHOOK, DAYS);
        TestPost post = signed(alias);

        assertCause(verifier, post, Cause.KEY_PENDING);
        fetch.answer(certificates.pem(alias));
        assertCause(verifier, post, Cause.NO_MATCH);
    }

    @Test
    void an_authority_from_a_file_is_trusted_beside_the_platforms() {
        TrustedCertificate stranger = TrustedCertificate.read("ca", certificates.pem("stranger"));
        PayPalVerifier verifier = verifier(List.of(stranger), WEBHOOK, DAYS);
        TestPost post = signed("forged");

        assertCause(verifier, post, Cause.KEY_PENDING);
        fetch.answer(certificates.pem("forged"));
        assertThat(verifier.verify(post)).isInstanceOf(Verified.class);
    }

    @Test
    void a_file_that_is_gone_lets_nobody_in() {
        PayPalVerifier verifier = verifier(null, WEBHOOK, DAYS);

        assertCause(verifier, signed("paypal"), Cause.SECRET_UNAVAILABLE);
        assertThat(fetch.started()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.paypal.com/v1/notifications/certs/CERT-1",
                "https://api.paypal.com.attacker.example/v1/notifications/certs/CERT-1",
                "https://attacker.example/v1/notifications/certs/CERT-1",
                "https://www.paypal.com/v1/notifications/certs/CERT-1",
                "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
                "https://a@api.paypal.com/v1/notifications/certs/CERT-1",
                "https://api.paypal.com/v1/other/CERT-1",
                "https://api.paypal.com/v1/notifications/certs/../CERT-1",
                "https://api.paypal.com/v1/notifications/certs/CERT-1?a",
                "https://127.0.0.1/v1/notifications/certs/CERT-1",
                "x"
            })
    void a_certificate_from_elsewhere_is_not_fetched(String url) {
        PayPalVerifier verifier = verifier(List.of(), WEBHOOK, DAYS);

        assertCause(verifier, signed("paypal").with("paypal-cert-url", url), Cause.NO_MATCH);
        assertThat(fetch.started()).isEmpty();
    }

    @Test
    void what_is_missing_or_malformed_is_refused_by_its_headers() {
        PayPalVerifier verifier = verifier(List.of(), WEBHOOK, Duration.ofHours(1));

        assertThat(verifier.precheck(TestPost.of("{}"))).isPresent();
        assertCause(verifier, TestPost.of("{}"), Cause.MISSING_CREDENTIAL);
        assertCause(
                verifier,
                signed("paypal").with("paypal-transmission-id", "a|b"),
                Cause.MALFORMED_CREDENTIAL);
        assertCause(
                verifier,
                signed("paypal").with("paypal-auth-algo", "MD5withRSA"),
                Cause.MALFORMED_CREDENTIAL);
        assertCause(
                verifier,
                signed("paypal").with("paypal-transmission-sig", "***"),
                Cause.MALFORMED_CREDENTIAL);
        TestPost old = signed("paypal").at(Instant.parse("2026-02-28T15:00:00Z"));
        assertCause(verifier, old, Cause.TIMESTAMP_TOO_OLD);
        assertThat(verifier.precheck(old)).isPresent();
    }

    @Test
    void the_webhooks_id_is_required_and_files_must_hold_certificates() {
        assertThat(PayPalVerifier.problems(VendorSettings.EMPTY))
                .containsExactly(
                        "auth.webhook-id: missing (expected: the id that PayPal shows for the"
                                + " webhook)");
        assertThat(PayPalVerifier.problems(new VendorSettings(List.of(), "a|b"))).hasSize(1);
        assertThatThrownBy(() -> TrustedCertificate.read("a", new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PayPalVerifier verifier(
            List<TrustedCertificate> files, String webhookId, Duration past) {
        return new PayPalVerifier(
                "paypal",
                webhookId,
                new Times(new Tolerance(past, Duration.ofMinutes(5))),
                new Files(files),
                fetch,
                Set.of(new TrustAnchor(certificates.certificate("root"), null)),
                () -> 0);
    }

    /** Certificates that do not change; null for one that cannot be read. */
    private record Files(List<TrustedCertificate> all) implements TrustedCertificates {

        @Override
        public List<TrustedCertificate> at(Instant receivedAt) {
            return all;
        }

        @Override
        public List<TrustedCertificate> current() {
            return all;
        }

        @Override
        public void used(TrustedCertificate certificate, Instant receivedAt) {
            assertThat(all).contains(certificate);
        }

        @Override
        public List<SecretStatus> status() {
            return List.of();
        }

        @Override
        public void refresh() {}
    }

    /** What PayPal has signed, over another body of the same CRC32. */
    private static TestPost published() {
        return new TestPost("POST", Map.of(), forgedBody(), SIGNED.plusSeconds(5))
                .with("paypal-transmission-id", ID)
                .with("paypal-transmission-time", "2019-08-29T10:49:33Z")
                .with("paypal-auth-algo", "SHA256withRSA")
                .with("paypal-transmission-sig", SIGNATURE);
    }

    private static TestPost signed(String alias) {
        byte[] body = "{\"id\":\"WH-1\"}".getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(body);
        // After the start of the test certificates.
        String time = "2026-02-28T12:00:00Z";
        String content = ID + "|" + time + "|" + WEBHOOK + "|" + crc.getValue();
        return new TestPost("POST", Map.of(), body, Instant.parse(time))
                .with("paypal-transmission-id", ID)
                .with("paypal-transmission-time", time)
                .with("paypal-auth-algo", "SHA256withRSA")
                .with("paypal-cert-url", URL)
                .with(
                        "paypal-transmission-sig",
                        certificates.sign(alias, "SHA256withRSA", content));
    }

    private static void assertCause(PayPalVerifier verifier, TestPost post, Cause cause) {
        Decision decision = verifier.verify(post);
        assertThat(decision).isInstanceOf(Denied.class);
        assertThat(((Denied) decision).cause()).isEqualTo(cause);
    }

    /** Four bytes at the end make any CRC32 of any body. */
    private static byte[] forgedBody() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                "{\"id\":\"WH-1\",\"note\":\"another body of the same CRC32\"}"
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(HexFormat.of().parseHex("763b5021"));
        return body.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PayPalVerifierTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
