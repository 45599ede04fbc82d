/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Forms of schemes that single vendors have, and how each can be abused. */
class SchemeFormsTest {

    @Test
    void docusigns_numbered_headers_are_all_tried_up_to_the_first_gap() {
        Received good = signed("docusign", "{}");
        String name = "x-docusign-signature-";
        String signature = good.headers(name + 1).get(0);
        Received second = good.with(name + 1, "A".repeat(43) + "=").with(name + 2, signature);
        Received gap = good.with(name + 1, "A".repeat(43) + "=").with(name + 3, signature);

        assertThat(verifier("docusign").verify(second)).isInstanceOf(Verified.class);
        assertThat(cause("docusign", gap)).isEqualTo(Cause.NO_MATCH);
        assertThat(cause("docusign", second.again(name + 2))).isEqualTo(Cause.DUPLICATE_CREDENTIAL);
    }

    @Test
    void more_numbered_headers_than_keys_are_worth_are_refused() {
        Received many = signed("docusign", "{}");
        String signature = many.headers("x-docusign-signature-1").get(0);
        for (int i = 1; i <= 99; i++) {
            many = many.with("x-docusign-signature-" + i, "A".repeat(43) + "=");
        }

        Received hundred = many.with("x-docusign-signature-100", signature);
        assertThat(verifier("docusign").verify(hundred))
                .as("an account has up to 100 keys")
                .isInstanceOf(Verified.class);
        assertThat(cause("docusign", hundred.with("x-docusign-signature-101", signature)))
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void segments_second_element_is_not_proven_and_its_type_says_so() {
        String first = "{\"messageId\":\"1\",\"x\":[1,{}]}";
        Received batch = signed("segment-batch", "[" + first + ",{\"messageId\":\"2\"}]");

        assertThat(verify("segment-batch", batch, "[" + first + ",{\"forged\":true}]"))
                .isInstanceOf(Verified.class);
        assertThat(verify("segment-batch", batch, "[" + first.replace('1', '3') + "]"))
                .isInstanceOf(Denied.class);
        assertThat(Presets.named("segment-batch").orElseThrow().notCovered())
                .contains("only the first event");
    }

    @Test
    void a_single_event_of_segment_cannot_be_made_a_batch_unless_batches_are_chosen() {
        String event = "{\"messageId\":\"1\"}";
        Received single = signed("segment", event);

        assertThat(verify("segment", single, "[" + event + ",{\"forged\":true}]"))
                .isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "[\"a\"]", "[[{}]]", "[{", "[{\"a\":1}", " ", "[{]"})
    void what_is_no_batch_is_no_batch_of_segment(String body) {
        Received batch = signed("segment-batch", "[{\"messageId\":\"1\"}]");

        assertThat(verify("segment-batch", batch, body)).isInstanceOf(Denied.class);
    }

    @Test
    void adyens_second_item_is_refused_since_nobody_signs_it() {
        String body =
                """
                {"notificationItems":[{"NotificationRequestItem":{"additionalData":{},
                 "eventCode":"AUTHORISATION","merchantAccountCode":"Acme",
                 "pspReference":"1","success":"true"}}]}
                """;
        Received good = signed("adyen", body);
        String text = new String(good.body(), StandardCharsets.UTF_8);

        assertThat(verify("adyen", good, text)).isInstanceOf(Verified.class);
        assertThat(verify("adyen", good, text.replace("}}]", "}},{\"forged\":1}]")))
                .isInstanceOf(Denied.class);
    }

    @Test
    void every_item_of_microsoft_graph_needs_its_client_state() {
        Received good = signed("microsoft-graph", "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
        String text = new String(good.body(), StandardCharsets.UTF_8);

        assertThat(verify("microsoft-graph", good, text)).isInstanceOf(Verified.class);
        for (String forged :
                new String[] {
                    text.replace("]", ",{\"id\":\"3\"}]"),
                    text.replace("]", ",{\"id\":\"3\",\"clientState\":\"guess\"}]"),
                    "{\"value\":[]}",
                    "{\"value\":{}}",
                    "{}"
                }) {
            assertThat(verify("microsoft-graph", good, forged))
                    .as(forged)
                    .isInstanceOf(Denied.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, MISSING_CONTENT",
        "text/plain, MISSING_CONTENT",
        "application/x-www-form-urlencodedx, MISSING_CONTENT"
    })
    void a_body_that_says_it_is_no_form_is_never_taken_for_an_empty_one(
            String contentType, Cause cause) {
        Received form = signed("twilio", "", FormFields.MEDIA_TYPE);

        assertThat(verifier("twilio").verify(form)).isInstanceOf(Verified.class);
        assertThat(cause("twilio", form.with("content-type", contentType))).isEqualTo(cause);
        assertThat(cause("twilio", form.without("content-type"))).isEqualTo(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=\u00e9", "a=b\r\n", "a=b\u0000"})
    void what_is_no_form_is_refused(String body) {
        Received form = signed("twilio", "a=b", FormFields.MEDIA_TYPE);

        assertThat(cause("twilio", form.body(body.getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_form_of_more_fields_than_anybody_sends_is_refused_unsorted() {
        Received form = signed("twilio", "a=b", FormFields.MEDIA_TYPE);

        assertThat(cause("twilio", form.body("a&".repeat(1001).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "[[[[", "{\"webhookTimestamp\":1}"})
    void a_time_inside_the_body_is_looked_for_only_after_the_proof(String body) {
        Received good = signed("linear", "{}");

        assertThat(verifier("linear").verify(good)).isInstanceOf(Verified.class);
        assertThat(cause("linear", good.body(body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Cause.NO_MATCH);
    }

    @Test
    void octets_that_are_no_utf_8_stay_apart() {
        Received form = signed("twilio", "a=%ff", FormFields.MEDIA_TYPE);

        assertThat(verify("twilio", form, "a=%FF")).isInstanceOf(Verified.class);
        assertThat(verify("twilio", form, "a=%fe")).isInstanceOf(Denied.class);
    }

    @Test
    void a_body_is_bound_to_the_digest_that_twilio_signs() {
        Received json = signed("twilio", "{\"a\":1}", "application/json");

        assertThat(json.query()).startsWith("bodySHA256=");
        assertThat(verify("twilio", json, "{\"a\":2}")).isInstanceOf(Denied.class);
        assertThat(cause("twilio", json.query(null))).isEqualTo(Cause.MISSING_CONTENT);
        assertThat(cause("twilio", json.query(json.query() + "&bodySHA256=0")))
                .isEqualTo(Cause.DUPLICATE_CREDENTIAL);
    }

    @ParameterizedTest
    @CsvSource({"bearer ,true", "BEARER ,true", "Bearer,false", "Basic ,false", "'',false"})
    void a_token_has_its_prefix_in_any_case(String prefix, boolean good) {
        Received request =
                Received.of(Outgoing.post("/", new byte[0]), NOW)
                        .with(
                                "authorization",
                                (prefix.isEmpty() ? "" : prefix + " ").replaceAll("  ", " ")
                                        + "key");
        String sent = request.headers("authorization").get(0);

        assertThat(verifier("cloudevents").verify(request) instanceof Verified)
                .as(sent)
                .isEqualTo(sent.toLowerCase(Locale.ROOT).equals("bearer key"));
    }

    @Test
    void a_token_in_the_query_verifies_and_only_once() {
        Received request = Received.of(Outgoing.post("/", new byte[0]), NOW);

        assertThat(verifier("cloudevents").verify(request.query("a=b&access_token=key")))
                .isInstanceOf(Verified.class);
        assertThat(cause("cloudevents", request.query("access_token=kez")))
                .isEqualTo(Cause.NO_MATCH);
        assertThat(cause("cloudevents", request.query("access_token=key&access_token=key")))
                .isEqualTo(Cause.DUPLICATE_CREDENTIAL);
    }

    @Test
    void a_type_that_signs_the_url_is_not_sound_without_one() {
        assertThat(AuthSchemes.problems(TestSecrets.settings("square", "A")))
                .containsExactly(
                        "auth.type: square (expected: listener.public-url beside it, the URL that"
                                + " square signs)");
        assertThat(AuthSchemes.problems(TestSecrets.settings("square", "A").at("https://a.b")))
                .isEmpty();
    }

    @Test
    void what_a_vendor_leaves_unsigned_is_known() {
        assertThat(unsigned("github", "header:x-github-delivery")).isTrue();
        assertThat(unsigned("github", "body-digest")).isFalse();
        assertThat(unsigned("github", "json:/id")).isFalse();
        assertThat(unsigned("standard-webhooks", "header:webhook-timestamp")).isFalse();
        assertThat(unsigned("mailgun", "json:/event-data/id")).isTrue();
        assertThat(unsigned("mailgun", "json:/signature/token")).isFalse();
        assertThat(unsigned("segment-batch", "json:/0/type")).isFalse();
        assertThat(unsigned("segment-batch", "json:/1/type")).isTrue();
        assertThat(unsigned("twilio", "query:a")).isFalse();
        assertThat(unsigned("twilio", "body-digest")).as("forms are signed decoded").isTrue();
        assertThat(unsigned("twilio", "json:/id")).isTrue();
        assertThat(unsigned("stripe", "query:a")).isTrue();
        assertThat(unsigned("stripe", "none")).isFalse();
        assertThat(unsigned("gitlab", "json:/id")).isFalse();
        assertThat(unsigned("bearer", "json:/id")).isFalse();
    }

    private static boolean unsigned(String type, String location) {
        return AuthSchemes.leavesUnsigned(AuthSettings.of(type), ValueLocation.parse(location));
    }

    private static Decision verify(String type, Received request, String body) {
        return verifier(type).verify(request.body(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Cause cause(String type, Received request) {
        return ((Denied) verifier(type).verify(request)).cause();
    }

    private static Received signed(String type, String body) {
        return signed(type, body, "application/json");
    }

    private static Received signed(String type, String body, String contentType) {
        Outgoing draft =
                Outgoing.post("/in/a", body.getBytes(StandardCharsets.UTF_8))
                        .header("content-type", contentType);
        try {
            return Received.of(
                    AuthSchemes.signer(settings(type), secrets(type)).sign(draft, NOW, "1"), NOW);
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static Verifier verifier(String type) {
        try {
            return AuthSchemes.verifier(settings(type), secrets(type));
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static AuthSettings settings(String type) {
        return TestSecrets.settings(type, "A").at(VendorSample.PUBLIC_URL);
    }

    private static TestSecrets secrets(String type) {
        return new TestSecrets().put("A", type.equals("adyen") ? "00ff" : "key");
    }
}
