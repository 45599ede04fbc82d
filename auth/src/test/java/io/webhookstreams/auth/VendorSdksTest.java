/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.adyen.model.notification.Amount;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.util.HMACValidator;
import com.braintreegateway.BraintreeGateway;
import com.braintreegateway.Environment;
import com.braintreegateway.WebhookNotification;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.bot.parser.LineSignatureValidator;
import com.sendgrid.helpers.eventwebhook.EventWebhook;
import com.sendgrid.helpers.eventwebhook.EventWebhookHeader;
import com.slack.api.app_backend.SlackSignature;
import com.squareup.square.utilities.WebhooksHelper;
import com.twilio.security.RequestValidator;
import com.workos.webhooks.Webhook;

import org.junit.jupiter.api.Test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Both ways against the vendors' own SDKs; Stripe's and Standard Webhooks' have their own tests.
 */
class VendorSdksTest {

    private static final String SVIX = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEX_KEY =
            "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String BRAINTREE =
            """
            algorithm: hmac-sha1
            key: {decode: hex}
            signature:
              from: 'form:bt_signature'
              parse: kv
              separator: '&'
              key-separator: '|'
              take: [public_1]
              encoding: hex
            content: '{form:bt_payload}'
            """;
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

    @Test
    void workos_signs_and_takes_what_we_sign() throws Exception {
        Webhook workos = new Webhook(new ObjectMapper());
        String now = Long.toString(NOW.toEpochMilli());
        String header = "t=" + now + ", v1=" + workos.createSignature(now, BODY, "secret");
        Outgoing ours = signer("workos", "secret").sign(Outgoing.post("/", bytes(BODY)), NOW, "1");
        String made = ours.headers().get("WorkOS-Signature");

        assertThat(
                        verifier("workos", "secret")
                                .verify(received("/", BODY).with("WorkOS-Signature", header)))
                .isInstanceOf(Verified.class);
        workos.verifyHeader(BODY, made, "secret", Long.MAX_VALUE);
        assertThatThrownBy(() -> workos.verifyHeader(BODY + " ", made, "secret", Long.MAX_VALUE))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void square_takes_what_we_sign_under_the_url_that_it_knows() throws Exception {
        Outgoing ours =
                signer("square", "secret").sign(Outgoing.post("/in/a", bytes(BODY)), NOW, "1");
        String made = ours.headers().get("x-square-hmacsha256-signature");
        String url = VendorSample.PUBLIC_URL + "/in/a";

        assertThat(WebhooksHelper.verifySignature(BODY, made, "secret", url)).isTrue();
        assertThat(WebhooksHelper.verifySignature(BODY, made, "secret", url + "/")).isFalse();
        assertThat(verifier("square", "secret").verify(Received.of(ours, NOW)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void sendgrid_takes_what_we_sign() throws Exception {
        VendorSample sample =
                VendorSample.all()
                        .filter(one -> one.preset().equals("sendgrid"))
                        .findFirst()
                        .orElseThrow()
                        .body(bytes(BODY));
        Outgoing ours = sample.signed();
        String signature = ours.headers().get(EventWebhookHeader.SIGNATURE.toString());
        String time = ours.headers().get(EventWebhookHeader.TIMESTAMP.toString());
        BouncyCastleByName itsProvider = new BouncyCastleByName();
        Security.addProvider(itsProvider);
        try {
            EventWebhook sendgrid = new EventWebhook();
            ECPublicKey key = sendgrid.ConvertPublicKeyToECDSA(sample.own().verifying());

            assertThat(sendgrid.VerifySignature(key, bytes(BODY), signature, time)).isTrue();
            assertThat(sendgrid.VerifySignature(key, bytes(BODY + " "), signature, time)).isFalse();
            assertThat(sendgrid.VerifySignature(key, bytes(BODY), signature, time + "0")).isFalse();
        } finally {
            Security.removeProvider(itsProvider.getName());
        }
    }

    /** SendGrid's SDK asks Bouncy Castle for ECDSA, of which the JDK's own is as good. */
    private static final class BouncyCastleByName extends Provider {

        private static final long serialVersionUID = 1L;
        private static final Provider JDK = Security.getProvider("SunEC");

        BouncyCastleByName() {
            super("BC", "1", "the JDK's elliptic curves");
        }

        @Override
        public Service getService(String type, String algorithm) {
            return JDK.getService(type, algorithm.equals("ECDSA") ? "EC" : algorithm);
        }
    }

    @Test
    void braintrees_form_is_a_scheme_of_ones_own() throws Exception {
        BraintreeGateway braintree =
                new BraintreeGateway(Environment.SANDBOX, "merchant", "public_1", "private_1");
        Map<String, String> sample =
                braintree
                        .webhookTesting()
                        .sampleNotification(WebhookNotification.Kind.DISPUTE_OPENED, "dispute_1");
        SecretRef key = SecretRef.parse("env:A");
        AuthSettings settings =
                AuthSettings.of("custom", key)
                        .signedBy(OwnSchemes.parse(BRAINTREE, new ArrayList<>()));
        String sha1 =
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(bytes("private_1")));
        Verifier verifier = AuthSchemes.verifier(settings, new TestSecrets().put("A", sha1));

        assertThat(verifier.verify(form(sample))).isInstanceOf(Verified.class);
        Map<String, String> other = new HashMap<>(sample);
        other.put("bt_payload", sample.get("bt_payload").replaceFirst("^.", "A"));
        assertThat(verifier.verify(form(other))).isInstanceOf(Denied.class);
        other.remove("bt_payload");
        assertThat(verifier.verify(form(other))).isInstanceOf(Denied.class);
        assertThat(
                        braintree
                                .webhookNotification()
                                .parse(sample.get("bt_signature"), sample.get("bt_payload")))
                .isNotNull();
    }

    private static Received form(Map<String, String> fields) {
        String form =
                fields.entrySet().stream()
                        .map(
                                field ->
                                        field.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return received("/", form).with("Content-Type", "application/x-www-form-urlencoded");
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
