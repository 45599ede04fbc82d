/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What was signed is read in one way only, also where nothing stands between its parts. */
class BorderTest {

    private static final String TIME = Long.toString(NOW.getEpochSecond());

    @Test
    void digits_of_mailguns_token_cannot_become_the_times() throws SecretUnavailableException {
        Received good =
                signed("mailgun", "{\"signature\":{},\"event-data\":{\"id\":\"1\"}}", "12ab");
        String body = text(good);
        Received moved = body(good, body.replace(TIME, TIME + "12").replace("\"12ab\"", "\"ab\""));

        assertThat(text(moved)).contains(TIME + "12\"", "\"ab\"");
        assertThat(verify("mailgun", good)).isInstanceOf(Verified.class);
        assertThat(cause("mailgun", moved)).isNotEqualTo(Cause.NO_MATCH);
        // Also where the digit moves the other way.
        Received back =
                body(
                        good,
                        body.replace(TIME, TIME.substring(0, 9))
                                .replace("\"12ab\"", "\"" + TIME.charAt(9) + "12ab\""));
        assertThat(cause("mailgun", back)).isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void mailguns_time_is_bounded_ahead() throws SecretUnavailableException {
        Received good = signed("mailgun", "{\"signature\":{},\"event-data\":{\"id\":\"1\"}}", "ab");

        assertThat(verify("mailgun", good.at(NOW.minusSeconds(300)))).isInstanceOf(Verified.class);
        assertThat(cause("mailgun", good.at(NOW.minusSeconds(301))))
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @Test
    void whoever_bounds_the_age_leaves_the_bound_ahead() throws SecretUnavailableException {
        AuthSettings bounded =
                new AuthSettings(
                        "sanity",
                        TestSecrets.settings("sanity", "A").secrets(),
                        Duration.ofSeconds(60),
                        null,
                        null);
        Verifier verifier = AuthSchemes.verifier(bounded, secrets());
        Received good = signed("sanity", "{}", "1");

        assertThat(verifier.verify(good.at(NOW.plusSeconds(61))))
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_OLD);
        assertThat(verifier.verify(good.at(NOW.minusSeconds(300)))).isInstanceOf(Verified.class);
        assertThat(verifier.verify(good.at(NOW.minusSeconds(301))))
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @ParameterizedTest
    @CsvSource({"discord, 1", "discord, 9"})
    void digits_of_a_body_cannot_become_the_times(String type, String digit)
            throws SecretUnavailableException {
        TestKeys keys = TestKeys.of(Presets.named(type).orElseThrow().schemes().get(0), 1);
        Received good = received(type, keys, digit + "{}");
        // Of any age, so that nothing but the border refuses.
        Duration ever = Duration.ofDays(1_000_000);
        AuthSettings settings =
                new AuthSettings(type, TestSecrets.settings(type, "A").secrets(), ever, ever, null);
        Verifier verifier =
                AuthSchemes.verifier(settings, new TestSecrets().put("A", keys.verifying()));
        String header = "x-signature-timestamp";

        assertThat(verifier.verify(good)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(body(good, "{}").with(header, TIME + digit)))
                .extracting("cause")
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
        assertThat(
                        verifier.verify(
                                body(good, TIME.charAt(9) + digit + "{}")
                                        .with(header, TIME.substring(0, 9))))
                .extracting("cause")
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @ParameterizedTest
    @CsvSource({"?a=b{}", "/x{}", "=1", "payload=1", "%7B"})
    void a_body_that_the_url_could_end_with_is_refused(String body)
            throws SecretUnavailableException {
        assertThat(cause("square", signed("square", body, "1")))
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_body_cannot_become_the_urls() throws SecretUnavailableException {
        Received good = signed("square", "{\"a\":1}", "1", "x=1");

        assertThat(verify("square", good)).isInstanceOf(Verified.class);
        assertThat(cause("square", body(good, "").query("x=1{\"a\":1}")))
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @ParameterizedTest
    @CsvSource({
        ", %3Ffoo=%3D1%26bodySHA256%3D",
        ", =%3Ffoo%3D1%26bodySHA256%3D",
        "'', foo=%3D1%26bodySHA256%3D",
        "foo=1&, bodySHA256=%3D",
        "foo=1, %26bodySHA256=%3D",
        "foo=1&body, SHA256=%3D"
    })
    void twilios_json_cannot_come_in_as_a_form(String query, String form)
            throws SecretUnavailableException {
        Received json = signed("twilio", "{\"a\":1}", "1", "foo=1&bodySHA256=0");
        String digest = json.query().substring(json.query().indexOf("256=") + 4);
        Received asForm =
                body(json, form + digest).query(query).with("content-type", FormFields.MEDIA_TYPE);

        assertThat(verify("twilio", json)).isInstanceOf(Verified.class);
        assertThat(cause("twilio", asForm)).isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @ParameterizedTest
    @CsvSource({"a%20b=1", "=1", "%3Fa=1", "a%3Db=1", "%c3%a9=1", "a%26b"})
    void a_field_name_that_no_vendor_uses_is_refused(String form)
            throws SecretUnavailableException {
        Received good =
                signed("twilio", "A_b.c[0]-d=1", "1").with("content-type", FormFields.MEDIA_TYPE);

        assertThat(verify("twilio", good)).isInstanceOf(Verified.class);
        assertThat(cause("twilio", body(good, form))).isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_form_is_sorted_once() throws RefusedException {
        FormFields form = FormFields.parse("body", "b=2&a=1&b=1");

        assertThat(new String(form.sorted(), StandardCharsets.UTF_8)).isEqualTo("a1b1b2");
        assertThat(form.sorted()).isSameAs(form.sorted());
    }

    @ParameterizedTest
    @CsvSource({"square", "hubspot", "twilio"})
    void headers_alone_are_no_signature_of_a_url(String type) throws SecretUnavailableException {
        Signer signer = AuthSchemes.signer(settings(type), secrets());

        assertThatThrownBy(() -> signer.sign(new byte[0], Instant.EPOCH, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(type + ": signs the URL (expected: the whole request, to sign it)");
    }

    private static Received received(String type, TestKeys keys, String body) {
        return new VendorSample(type, "", post(body), keys, keys).received();
    }

    private static Received signed(String type, String body, String id)
            throws SecretUnavailableException {
        return signed(type, body, id, null);
    }

    private static Received signed(String type, String body, String id, String query)
            throws SecretUnavailableException {
        Outgoing draft = query == null ? post(body) : post(body).query(query);
        boolean form = type.equals("twilio") && query == null;
        Outgoing typed =
                draft.header("content-type", form ? FormFields.MEDIA_TYPE : "application/json");
        return Received.of(AuthSchemes.signer(settings(type), secrets()).sign(typed, NOW, id), NOW);
    }

    private static Outgoing post(String body) {
        return Outgoing.post("/in/a", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Received body(Received request, String body) {
        return request.body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Received request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static Cause cause(String type, Received request) throws SecretUnavailableException {
        return ((Denied) verify(type, request)).cause();
    }

    private static Decision verify(String type, Received request)
            throws SecretUnavailableException {
        return AuthSchemes.verifier(settings(type), secrets()).verify(request);
    }

    private static AuthSettings settings(String type) {
        return TestSecrets.settings(type, "A").at(VendorSample.PUBLIC_URL);
    }

    private static TestSecrets secrets() {
        return new TestSecrets().put("A", "key");
    }
}
