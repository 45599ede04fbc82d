/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Standard Webhooks scheme, both ways against the library of the specification. */
class StandardWebhooksTest {

    // The key of the specification's own examples.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TEXT = new String(BODY, StandardCharsets.UTF_8);

    private final Verifier verifier = TestSecrets.verifier("standard-webhooks", SECRET);
    private final Signer signer = TestSecrets.signer("standard-webhooks", SECRET);

    @Test
    void the_librarys_published_vector_verifies() {
        AuthRequest request =
                aRequest()
                        .body("{\"test\": 2432232314}")
                        .header("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                        .header("webhook-timestamp", "1614265330")
                        .header(
                                "webhook-signature",
                                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                        .receivedAt(Instant.ofEpochSecond(1614265330))
                        .arrived();

        assertThat(verifier.verify(request)).isEqualTo(new Verified("standard-webhooks", "A"));
    }

    @Test
    void the_library_accepts_what_we_sign_now_and_refuses_what_we_signed_long_ago()
            throws EmptyWebhookSecretException {
        Webhook library = new Webhook(SECRET);
        // The library has no clock of ours: it asks the system's.
        Instant now = Instant.now();

        assertThatCode(() -> library.verify(TEXT, multi(signer.sign(BODY, now))))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () ->
                                library.verify(
                                        TEXT,
                                        multi(signer.sign(BODY, now.minus(Duration.ofHours(1))))))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void we_accept_what_the_library_signs() throws Exception {
        AuthRequest request = signedByLibrary("webhook", NOW).arrived();

        assertThat(verifier.precheck(request)).isEmpty();
        assertThat(verifier.verify(request)).isEqualTo(new Verified("standard-webhooks", "A"));
    }

    @Test
    void each_set_of_header_names_is_a_type_of_its_own() throws Exception {
        // Were both taken by one type, a captured delivery could come in again under the other
        // names, with any id in the header that the stream reads.
        AuthRequest svix = signedByLibrary("svix", NOW).arrived();

        assertThat(TestSecrets.verifier("svix", SECRET).verify(svix))
                .isEqualTo(new Verified("svix", "A"));
        assertThat(verifier.verify(svix)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @CsvSource({"-301,TIMESTAMP_TOO_OLD", "-300,", "0,", "300,", "301,TIMESTAMP_TOO_NEW"})
    void times_are_good_for_300_seconds_either_way(long offset, Cause cause) throws Exception {
        Decision decision =
                verifier.verify(signedByLibrary("webhook", NOW.plusSeconds(offset)).arrived());

        assertThat(decision instanceof Denied denied ? denied.cause() : null).isEqualTo(cause);
    }

    @Test
    void a_header_of_the_other_set_of_names_does_not_complete_a_request() throws Exception {
        String signature = new Webhook(SECRET).sign("msg_1", NOW.getEpochSecond(), TEXT);
        AuthRequest mixed =
                aRequest()
                        .header("svix-id", "msg_1")
                        .header("webhook-timestamp", "" + NOW.getEpochSecond())
                        .header("webhook-signature", signature)
                        .arrived();

        assertThat(verifier.verify(mixed))
                .isEqualTo(new Denied(Cause.MISSING_CONTENT, "webhook-id: absent (expected: 1)"));
    }

    @Test
    void an_id_with_the_separator_in_it_is_refused() throws Exception {
        // "a.1" + "." + "2" and "a" + "." + "1.2" would be the same signed bytes.
        AuthRequest request =
                aRequest()
                        .header("webhook-id", "a.1")
                        .header("webhook-timestamp", "" + NOW.getEpochSecond())
                        .header(
                                "webhook-signature",
                                new Webhook(SECRET).sign("a.1", NOW.getEpochSecond(), TEXT))
                        .arrived();

        assertThat(verifier.precheck(request))
                .contains(
                        new Denied(
                                Cause.MALFORMED_CREDENTIAL,
                                "webhook-id: contains '.' (expected: not)"));
        assertThatThrownBy(() -> signer.sign(BODY, NOW, "a.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("webhook-id: contains '.' (expected: not)");
    }

    @Test
    void an_asymmetric_signature_beside_ours_is_ignored() throws Exception {
        String signature = new Webhook(SECRET).sign("msg_1", NOW.getEpochSecond(), TEXT);
        AuthRequest request =
                aRequest()
                        .header("webhook-id", "msg_1")
                        .header("webhook-timestamp", "" + NOW.getEpochSecond())
                        .header("webhook-signature", "v1a,AAAA v2,BBBB  " + signature)
                        .arrived();

        assertThat(verifier.verify(request)).isInstanceOf(Verified.class);
    }

    @Test
    void a_secret_that_is_not_base64_is_refused_without_a_character_of_it() {
        assertThatThrownBy(
                        () ->
                                AuthSchemes.verifier(
                                        TestSecrets.settings("standard-webhooks", "A"),
                                        new TestSecrets().put("A", "whsec_not~base64")))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("secret A=env:A: 10 characters (expected: whsec_ and then BASE64)")
                .hasNoCause();
    }

    private static TestRequest signedByLibrary(String family, Instant at)
            throws EmptyWebhookSecretException, WebhookSigningException {
        String signature = new Webhook(SECRET).sign("msg_1", at.getEpochSecond(), TEXT);
        return aRequest()
                .header(family + "-id", "msg_1")
                .header(family + "-timestamp", "" + at.getEpochSecond())
                .header(family + "-signature", signature);
    }

    private static Map<String, List<String>> multi(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
    }
}
