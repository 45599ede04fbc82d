/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import com.adyen.model.notification.Amount;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.util.HMACValidator;
import com.linecorp.bot.parser.LineSignatureValidator;
import com.slack.api.app_backend.SlackSignature;
import com.twilio.security.RequestValidator;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Both ways against the vendors' own SDKs; Stripe's and Standard Webhooks' have their own tests.
 */
class VendorSdksTest {

    private static final String SVIX = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEX_KEY =
            "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String BODY = "{\"caf\u00e9\":\"\\u00e9\"}\r\n";

    @Test
    void svix_signs_under_its_own_header_names() throws Exception {
        long now = NOW.getEpochSecond();
        String signature = new com.svix.Webhook(SVIX).sign("msg_1", now, BODY);
        Received request =
                received("/", BODY)
                        .with("svix-id", "msg_1")
                        .with("svix-timestamp", Long.toString(now))
                        .with("svix-signature", "v1a,AAAA " + signature);

        assertThat(verifier("svix", SVIX).verify(request)).isInstanceOf(Verified.class);
        assertThat(verifier("svix", SVIX).verify(request.with("svix-id", "msg_2")))
                .isInstanceOf(Denied.class);
    }

    @Test
    void slack_signs_and_its_time_is_part_of_it() throws SecretUnavailableException {
        String now = Long.toString(NOW.getEpochSecond());
        Received request =
                received("/", BODY)
                        .with("X-Slack-Request-Timestamp", now)
                        .with(
                                "X-Slack-Signature",
                                new SlackSignature.Generator("secret").generate(now, BODY));

        assertThat(verifier("slack", "secret").verify(request)).isInstanceOf(Verified.class);
        assertThat(
                        verifier("slack", "secret")
                                .verify(request.with("X-Slack-Request-Timestamp", now + "0")))
                .isInstanceOf(Denied.class);
    }

    @Test
    void line_signs_and_takes_what_we_sign() throws SecretUnavailableException {
        LineSignatureValidator line = new LineSignatureValidator(bytes("secret"));
        String signature = Base64.getEncoder().encodeToString(line.generateSignature(bytes(BODY)));
        Outgoing ours = signer("line", "secret").sign(Outgoing.post("/", bytes(BODY)), NOW, "1");

        assertThat(
                        verifier("line", "secret")
                                .verify(received("/", BODY).with("x-line-signature", signature)))
                .isInstanceOf(Verified.class);
        assertThat(line.validateSignature(bytes(BODY), ours.headers().get("x-line-signature")))
                .isTrue();
    }

    @Test
    void twilio_takes_the_forms_and_the_json_that_we_sign() throws Exception {
        Outgoing form =
                Outgoing.post("/in/a", bytes("To=%2B1800&Body=a+b%C3%A9&Empty=&From=x"))
                        .query("a=b")
                        .header("Content-Type", "application/x-www-form-urlencoded");
        Outgoing json =
                Outgoing.post("/in/a", bytes(BODY)).header("Content-Type", "application/json");
        RequestValidator twilio = new RequestValidator("secret");
        Map<String, String> parameters = new HashMap<>();
        parameters.put("To", "+1800");
        parameters.put("Body", "a b\u00e9");
        parameters.put("Empty", "");
        parameters.put("From", "x");

        Outgoing signedForm = signer("twilio", "secret").sign(form, NOW, "1");
        Outgoing signedJson = signer("twilio", "secret").sign(json, NOW, "1");

        assertThat(
                        twilio.validate(
                                VendorSample.PUBLIC_URL + signedForm.target(),
                                parameters,
                                signedForm.headers().get("X-Twilio-Signature")))
                .isTrue();
        assertThat(
                        twilio.validate(
                                VendorSample.PUBLIC_URL + signedJson.target(),
                                BODY,
                                signedJson.headers().get("X-Twilio-Signature")))
                .isTrue();
        assertThat(verifier("twilio", "secret").verify(Received.of(signedJson, NOW)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void adyen_signs_items_with_and_without_the_fields_that_may_be_absent() throws Exception {
        for (String reference : Arrays.asList("Order 1", "a:b\\c", "", null)) {
            NotificationRequestItem item = new NotificationRequestItem();
            item.setPspReference("7914073381342284");
            item.setMerchantAccountCode("Acme");
            item.setMerchantReference(reference);
            item.setAmount(new Amount().currency("EUR").value(1130L));
            item.setEventCode("AUTHORISATION");
            item.setSuccess(true);
            String signature = new HMACValidator().calculateHMAC(item, HEX_KEY);

            assertThat(
                            verifier("adyen", HEX_KEY)
                                    .verify(received("/", adyen(reference, signature))))
                    .as(String.valueOf(reference))
                    .isInstanceOf(Verified.class);
        }
    }

    private static String adyen(String reference, String signature) {
        String quoted = reference == null ? "null" : "\"" + reference.replace("\\", "\\\\") + "\"";
        return """
        {"notificationItems":[{"NotificationRequestItem":{
         "additionalData":{"hmacSignature":"%s"},"amount":{"currency":"EUR","value":1130},
         "eventCode":"AUTHORISATION","merchantAccountCode":"Acme","merchantReference":%s,
         "pspReference":"7914073381342284","success":"true"}}]}
        """
                .formatted(signature, quoted);
    }

    private static Received received(String path, String body) {
        return Received.of(Outgoing.post(path, bytes(body)), NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Verifier verifier(String preset, String secret)
            throws SecretUnavailableException {
        return AuthSchemes.verifier(settings(preset), new TestSecrets().put("A", secret));
    }

    private static Signer signer(String preset, String secret) throws SecretUnavailableException {
        return AuthSchemes.signer(settings(preset), new TestSecrets().put("A", secret));
    }

    private static AuthSettings settings(String preset) {
        return AuthSettings.of(preset, SecretRef.parse("env:A")).at(VendorSample.PUBLIC_URL);
    }
}
