/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A vendor that signs with an HMAC is an entry in a file: shown for every form we know of. */
class VendorsAsDataTest {

    private static final String SECRET = "s3cret";
    private static final long MILLIS = NOW.toEpochMilli();

    private static final String ACME =
            """
            - name: acme
              title: Acme, which no preset names
              schemes:
                - algorithm: hmac-sha512
                  key: {decode: hex}
                  signature: {from: 'header:x-acme', parse: plain, encoding: hex}
                  content: '{method}:{body}'
              envelope: {id: 'json:/id'}
              success-status: 200
              overload-status: 503
              retries: true
              body-may-change-on-retry: false
              secret: A key.
              retry: Never.
              register: Anywhere.
              sandbox: None.
              not-covered: Headers.
            """;

    @Test
    void slacks_published_vector_verifies() {
        // docs.slack.dev, "Verifying requests from Slack".
        AuthRequest request =
                aRequest()
                        .body(
                                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain="
                                        + "testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&"
                                        + "user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook"
                                        + "-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
                                        + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRs"
                                        + "kXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d"
                                        + "10d2c447fce8b6703c")
                        .header("X-Slack-Request-Timestamp", "1531420618")
                        .header(
                                "X-Slack-Signature",
                                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd275196"
                                        + "66489c69b503")
                        .receivedAt(Instant.ofEpochSecond(1531420618))
                        .arrived();

        assertThat(verifier("slack", "8f742231b10e8888abcd99yyyzzz85a5").verify(request))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "shopify", "intercom", "zendesk", "workos", "sanity"})
    void what_our_signer_makes_verifies_and_a_tampered_body_does_not(String vendor)
            throws SecretUnavailableException {
        TestRequest request = aRequest().signedWith(signer(vendor));

        assertThat(verifier(vendor, SECRET).verify(request.arrived()))
                .isEqualTo(new Verified(vendor, "A"));
        assertThat(verifier(vendor, SECRET).verify(request.tampered(b -> new byte[0]).arrived()))
                .isInstanceOf(Denied.class);
    }

    @Test
    void base64_sha1_and_sha512_signatures_made_by_hand_verify() throws Exception {
        assertVerified("shopify", SECRET, "X-Shopify-Hmac-Sha256", base64("HmacSHA256", "{}"));
        assertVerified("intercom", SECRET, "X-Hub-Signature", "sha1=" + hex("HmacSHA1", "{}"));
        String hexSecret = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
        assertVerified("acme", hexSecret, "x-acme", hex("HmacSHA512", "POST:{}"));
    }

    @Test
    void a_blank_after_the_comma_is_no_part_of_a_key() throws Exception {
        String header = "t=" + MILLIS + ", v1=" + hex("HmacSHA256", MILLIS + ".{}");

        assertVerified("workos", SECRET, "WorkOS-Signature", header);
    }

    @Test
    void an_rfc_3339_time_is_signed_as_it_was_sent() throws Exception {
        String time = "2026-03-01T13:02:00.123456+01:00";
        AuthRequest request =
                aRequest()
                        .body("{}")
                        .header("X-Zendesk-Webhook-Signature-Timestamp", time)
                        .header("X-Zendesk-Webhook-Signature", base64("HmacSHA256", time + "{}"))
                        .arrived();

        assertThat(verifier("zendesk", SECRET).verify(request)).isInstanceOf(Verified.class);
    }

    @Test
    void a_time_inside_the_body_is_judged_once_the_body_is_there() throws Exception {
        long stale = NOW.minus(Duration.ofSeconds(61)).toEpochMilli();
        String body = "{\"webhookTimestamp\":" + stale + "}";
        TestRequest request =
                aRequest().body(body).header("Linear-Signature", hex("HmacSHA256", body));

        assertThat(verifier("linear", SECRET).precheck(request.headersOnly())).isEmpty();
        assertThat(cause("linear", request)).isEqualTo(Cause.TIMESTAMP_TOO_OLD);
    }

    @Test
    void a_signature_inside_the_body_verifies() throws Exception {
        String body =
                """
                {"signature":{"timestamp":"1772366400","token":"tok","signature":"%s"}}
                """
                        .formatted(hex("HmacSHA256", "1772366400tok"));

        assertThat(verifier("mailgun", SECRET).precheck(aRequest().headersOnly())).isEmpty();
        assertThat(verifier("mailgun", SECRET).verify(aRequest().body(body).arrived()))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[1",
                "{\"signature\":1}",
                "{\"signature\":{\"signature\":{}}}",
                "{\"a\":1,\"a\":2}",
                "\u0000"
            })
    void a_body_without_what_the_scheme_points_at_is_denied(String body) {
        assertThat(verifier("mailgun", SECRET).verify(aRequest().body(body).arrived()))
                .isInstanceOf(Denied.class);
    }

    @Test
    void a_body_of_a_hundred_thousand_brackets_is_denied() {
        assertThat(cause("mailgun", aRequest().body("[".repeat(100_000))))
                .isEqualTo(Cause.MISSING_CONTENT);
    }

    private void assertVerified(String vendor, String secret, String header, String value) {
        AuthRequest request = aRequest().body("{}").header(header, value).arrived();
        assertThat(verifier(vendor, secret).verify(request)).isInstanceOf(Verified.class);
    }

    private Cause cause(String vendor, TestRequest request) {
        return ((Denied) verifier(vendor, SECRET).verify(request.arrived())).cause();
    }

    private Verifier verifier(String vendor, String secret) {
        try {
            return DeclarativeVerifier.open(
                    preset(vendor),
                    Site.UNKNOWN,
                    List.of(SecretRef.parse("env:A")),
                    new TestSecrets().put("A", secret),
                    InstantSource.system());
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static Preset preset(String vendor) {
        return Presets.named(vendor).orElseGet(VendorsAsDataTest::acme);
    }

    private static Preset acme() {
        try {
            return PresetReader.read(
                            new ByteArrayInputStream(ACME.getBytes(StandardCharsets.UTF_8)))
                    .get("acme");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Signer signer(String vendor) throws SecretUnavailableException {
        Preset preset = preset(vendor);
        SecretRef ref = SecretRef.parse("env:A");
        Secret secret = new TestSecrets().put("A", SECRET).resolve(ref);
        return DeclarativeSigner.open(preset, Site.UNKNOWN, ref, secret, () -> "msg_1");
    }

    private static String hex(String algorithm, String content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(mac(algorithm, content));
    }

    private static String base64(String algorithm, String content) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(mac(algorithm, content));
    }

    private static byte[] mac(String algorithm, String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), algorithm));
        return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    }
}
