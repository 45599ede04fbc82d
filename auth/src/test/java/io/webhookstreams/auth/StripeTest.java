/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Stripe's scheme, both ways against Stripe's own library. */
class StripeTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TEXT = new String(BODY, StandardCharsets.UTF_8);

    private final Verifier verifier = TestSecrets.verifier("stripe", SECRET);
    private final Signer signer = TestSecrets.signer("stripe", SECRET);

    @Test
    void stripes_library_accepts_what_we_sign() throws SignatureVerificationException {
        String header = signer.sign(BODY, NOW).get("stripe-signature");

        assertThat(
                        Webhook.Signature.verifyHeader(
                                TEXT, header, SECRET, 300, Clock.fixed(NOW, ZoneOffset.UTC)))
                .isTrue();
    }

    @Test
    void we_accept_what_stripes_library_signs() throws GeneralSecurityException {
        AuthRequest request = signedByStripe(0);

        assertThat(verifier.precheck(request)).isEmpty();
        assertThat(verifier.verify(request)).isEqualTo(new Verified("stripe", "A"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 299, 300, 301, 302, 3600, 1_000_000})
    void we_and_stripes_library_agree_on_every_age(long age) throws GeneralSecurityException {
        AuthRequest request = signedByStripe(age);

        assertThat(verifier.verify(request) instanceof Verified)
                .isEqualTo(stripeAccepts(request.headers("stripe-signature").get(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -3600})
    void stripes_library_takes_what_is_signed_in_the_future_and_we_do_not(long age)
            throws GeneralSecurityException {
        AuthRequest request = signedByStripe(age);

        assertThat(stripeAccepts(request.headers("stripe-signature").get(0))).isTrue();
        assertThat(cause(verifier.verify(request))).isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @Test
    void a_stale_signature_is_refused_before_the_body_is_read() {
        AuthRequest request =
                aRequest().signedWith(signer).at(NOW.minus(Duration.ofMinutes(10))).headersOnly();

        assertThat(verifier.precheck(request))
                .contains(
                        new Denied(
                                Cause.TIMESTAMP_TOO_OLD,
                                "sig:t: 600 s old (expected: at most 300 s)"));
    }

    @Test
    void the_configured_tolerance_wins_over_the_vendors() throws SecretUnavailableException {
        AuthSettings settings =
                new AuthSettings(
                        "stripe",
                        TestSecrets.settings("stripe", "A").secrets(),
                        Duration.ofMinutes(20),
                        Duration.ofSeconds(5),
                        null);
        Verifier patient = AuthSchemes.verifier(settings, new TestSecrets().put("A", SECRET));

        assertThat(patient.verify(signedAt(Duration.ofMinutes(-10)))).isInstanceOf(Verified.class);
        assertThat(cause(patient.verify(signedAt(Duration.ofMinutes(-21)))))
                .isEqualTo(Cause.TIMESTAMP_TOO_OLD);
        assertThat(cause(patient.verify(signedAt(Duration.ofSeconds(6)))))
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @Test
    void the_age_is_judged_at_the_arrival_of_the_headers_in_whole_seconds() {
        AuthRequest request =
                aRequest()
                        .signedWith(signer)
                        .at(NOW)
                        .receivedAt(NOW.plusSeconds(300).plusMillis(999))
                        .arrived();

        assertThat(verifier.verify(request)).isInstanceOf(Verified.class);
    }

    @Test
    void one_good_signature_among_several_is_enough() throws GeneralSecurityException {
        String good = signedByStripe(0).headers("stripe-signature").get(0);
        String zeros = "0".repeat(64);
        String header = good.replace(",v1=", ",v1=" + zeros + ",v1=") + ",v0=" + zeros;

        assertThat(verifier.verify(aRequest().header("Stripe-Signature", header).arrived()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void a_good_signature_under_another_version_is_never_accepted()
            throws GeneralSecurityException {
        String header = signedByStripe(0).headers("stripe-signature").get(0).replace("v1=", "v0=");

        assertThat(cause(verifier.verify(aRequest().header("Stripe-Signature", header).arrived())))
                .isEqualTo(Cause.MISSING_CREDENTIAL);
    }

    @Test
    void a_second_time_in_the_header_is_refused() throws GeneralSecurityException {
        String header = signedByStripe(0).headers("stripe-signature").get(0) + ",t=1";

        assertThat(cause(verifier.verify(aRequest().header("Stripe-Signature", header).arrived())))
                .isEqualTo(Cause.DUPLICATE_CREDENTIAL);
    }

    @Test
    void a_second_signature_header_is_refused() {
        AuthRequest request =
                aRequest().signedWith(signer).header("Stripe-Signature", "t=1,v1=0").arrived();

        assertThat(cause(verifier.verify(request))).isEqualTo(Cause.DUPLICATE_CREDENTIAL);
    }

    @Test
    void more_signatures_than_any_vendor_sends_are_refused_unread() {
        String header = "t=" + NOW.getEpochSecond() + (",v1=" + "0".repeat(64)).repeat(17);

        assertThat(verifier.precheck(aRequest().header("Stripe-Signature", header).headersOnly()))
                .hasValueSatisfying(
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.MALFORMED_CREDENTIAL));
    }

    private AuthRequest signedAt(Duration offset) {
        return aRequest().signedWith(signer).at(NOW.plus(offset)).arrived();
    }

    private static AuthRequest signedByStripe(long age) throws GeneralSecurityException {
        String header =
                Webhook.Signature.generateSignatureHeader(TEXT, SECRET, NOW.getEpochSecond() - age);
        return aRequest().header("Stripe-Signature", header).arrived();
    }

    private static boolean stripeAccepts(String header) {
        try {
            return Webhook.Signature.verifyHeader(
                    TEXT, header, SECRET, 300, Clock.fixed(NOW, ZoneOffset.UTC));
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    private static Cause cause(Decision decision) {
        return ((Denied) decision).cause();
    }
}
