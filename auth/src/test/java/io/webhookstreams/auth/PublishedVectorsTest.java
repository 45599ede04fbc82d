/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Signatures that vendors have published, in their documentation or in the tests of their SDKs. */
class PublishedVectorsTest {

    @Test
    void sendgrids_of_its_sdks_which_ends_with_cr_lf() throws SecretUnavailableException {
        String payload =
                "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced"
                        + " Address\",\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\","
                        + "\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";
        Received request =
                received("/", payload)
                        .with(
                                "X-Twilio-Email-Event-Webhook-Signature",
                                "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=")
                        .with("X-Twilio-Email-Event-Webhook-Timestamp", "1600112502")
                        .at(Instant.ofEpochSecond(1600112502));
        Verifier verifier =
                verifier(
                        "sendgrid",
                        null,
                        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==");

        assertThat(verifier.verify(request)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(request.body(bytes(payload.strip()))))
                .isInstanceOf(Denied.class);
    }

    @Test
    void twilios_of_its_documentation() throws SecretUnavailableException {
        String form =
                "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";
        Received request =
                received("/myapp.php", form)
                        .query("foo=1&bar=2")
                        .with("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .with("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");

        assertThat(verifier("twilio", "https://mycompany.com", "12345").verify(request))
                .isInstanceOf(Verified.class);
        assertThat(verifier("twilio", "https://mycompany.com:8443", "12345").verify(request))
                .as("signed without the port")
                .isInstanceOf(Verified.class);
        assertThat(verifier("twilio", "http://mycompany.com", "12345").verify(request))
                .isInstanceOf(Denied.class);
    }

    @Test
    void squares_of_its_documentation() throws SecretUnavailableException {
        Received request =
                received("/webhook", "{\"hello\":\"world\"}")
                        .with(
                                "x-square-hmacsha256-signature",
                                "2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=");

        assertThat(verifier("square", "https://example.com", "asdf1234").verify(request))
                .isInstanceOf(Verified.class);
    }

    @Test
    void adyens_of_its_documentation() throws SecretUnavailableException {
        String body =
                """
                {"notificationItems":[{"NotificationRequestItem":{
                 "additionalData":{"hmacSignature":"coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="},
                 "amount":{"currency":"EUR","value":1130},"eventCode":"AUTHORISATION",
                 "merchantAccountCode":"TestMerchant","originalReference":null,
                 "merchantReference":"TestPayment-1407325143704",
                 "pspReference":"7914073381342284","success":"true"}}]}
                """;

        assertThat(
                        verifier(
                                        "adyen",
                                        null,
                                        "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056")
                                .verify(received("/", body)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void sanitys_of_its_library() throws SecretUnavailableException {
        Received request =
                received("/", "{\"_id\":\"resume\"}")
                        .with(
                                "sanity-webhook-signature",
                                "t=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0")
                        .at(Instant.ofEpochMilli(1633519811129L));

        assertThat(verifier("sanity", null, "test").verify(request)).isInstanceOf(Verified.class);
    }

    private static Received received(String path, String body) {
        return Received.of(Outgoing.post(path, bytes(body)), NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Verifier verifier(String preset, String publicUrl, String secret)
            throws SecretUnavailableException {
        return AuthSchemes.verifier(
                TestSecrets.settings(preset, "A").at(publicUrl),
                new TestSecrets().put("A", secret));
    }
}
