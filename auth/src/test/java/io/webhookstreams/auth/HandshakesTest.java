/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import com.slack.api.app_backend.SlackSignature;

import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class HandshakesTest {

    private static final String APP_SECRET = "handshake-app-secret";
    private static final String VERIFY_TOKEN = "handshake-verify-token";
    private static final Verified SNS = new Verified("aws-sns", "certificate");
    private static final String SIGNABLE =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-";

    @Test
    void every_preset_with_a_handshake_is_in_this_test() {
        assertThat(Presets.all())
                .filteredOn(preset -> preset.handshake() != null)
                .extracting(Preset::name)
                .containsExactly(
                        "aws-sns",
                        "azure-event-grid",
                        "cloudevents",
                        "discord",
                        "dropbox",
                        "meta",
                        "microsoft-graph",
                        "okta",
                        "slack",
                        "x",
                        "zoom");
    }

    @Test
    void a_query_parameter_comes_back_as_text() throws Exception {
        String token = "Validation: a b&c <b>";
        String encoded = "Validation%3A+a%20b%26c%20%3Cb%3E";

        assertText(answer("dropbox", get().query("challenge=" + encoded)), token);
        assertText(answer("microsoft-graph", post("").query("validationToken=" + encoded)), token);
        assertText(
                answer("meta", get().query(subscribe(VERIFY_TOKEN) + "&hub.challenge=115")), "115");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "VERIFYx", "xVERIFY"})
    void a_wrong_verify_token_is_refused(String form) throws Exception {
        // Not among the arguments, which reports show.
        String token = form.replace("VERIFY", VERIFY_TOKEN);

        assertThat(answer("meta", get().query(subscribe(token) + "&hub.challenge=115")))
                .isInstanceOf(HandshakeResult.Unproven.class);
    }

    @Test
    void a_verify_token_that_comes_twice_is_refused() throws Exception {
        String query = subscribe(VERIFY_TOKEN) + "&hub.verify_token=" + VERIFY_TOKEN;

        assertThat(answer("meta", get().query(query + "&hub.challenge=1")))
                .isInstanceOf(HandshakeResult.Unproven.class);
    }

    @Test
    void without_a_verify_token_metas_handshake_is_not_answered() throws Exception {
        Handshakes none =
                Handshakes.open(
                        HandshakeSettings.of(preset("meta").handshake(), null, false),
                        verifier("meta"),
                        secrets(),
                        InstantSource.system());

        assertThat(none.methods()).isEmpty();
        assertThat(none.answer(get().query(subscribe("") + "&hub.challenge=1"), null)).isNull();
    }

    @Test
    void a_field_of_the_body_comes_back_in_json() throws Exception {
        assertJson(
                answer("slack", post(slack("url_verification", "3eZbrw1a"))),
                "{\"challenge\":\"3eZbrw1a\"}");
        assertJson(
                answer("azure-event-grid", eventGrid("512d38b6-c7b8")),
                "{\"validationResponse\":\"512d38b6-c7b8\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"event_callback\",\"challenge\":\"a\",\"token\":\"t\"}",
                "{\"type\":\"url_verification\",\"challenge\":\"a\",\"event\":{}}",
                "{\"type\":\"url_verification\",\"type\":\"x\",\"challenge\":\"a\"}",
                "[{\"type\":\"url_verification\",\"challenge\":\"a\"}]",
                "{\"type\":\"url_verification\",\"challenge\":\"a\"",
                "url_verification",
                ""
            })
    void nothing_but_slacks_own_shape_is_its_handshake(String body) throws Exception {
        assertThat(answer("slack", post(body))).isNull();
    }

    @Test
    void an_event_grid_batch_is_no_handshake() throws Exception {
        Received one = eventGrid("code");
        String element = new String(one.body(), StandardCharsets.UTF_8).replaceAll("^\\[|]$", "");
        byte[] two = ("[" + element + "," + element + "]").getBytes(StandardCharsets.UTF_8);

        assertThat(answer("azure-event-grid", one.body(two))).isNull();
        assertThat(answer("azure-event-grid", one.without("aeg-event-type"))).isNull();
    }

    @Test
    void a_header_comes_back_in_json() throws Exception {
        assertJson(
                answer("okta", get().with("X-Okta-Verification-Challenge", "a\"b\\c")),
                "{\"verification\":\"a\\\"b\\\\c\"}");
    }

    @Test
    void zooms_plain_token_is_signed_for_a_signed_request_only() throws Exception {
        String body =
                "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZ\"}}";

        assertThat(answer("zoom", post(body))).isNull();
        assertJson(
                signedAnswer("zoom", body),
                "{\"plainToken\":\"qgg8vlvZ\",\"encryptedToken\":\""
                        + HexFormat.of().formatHex(hmac("qgg8vlvZ"))
                        + "\"}");
    }

    @Test
    void xs_crc_token_is_signed_in_base64() throws Exception {
        assertJson(
                answer("x", get().query("crc_token=MDU4OTQz-_")),
                "{\"response_token\":\"sha256="
                        + Base64.getEncoder().encodeToString(hmac("MDU4OTQz-_"))
                        + "\"}");
    }

    @Test
    void discords_pings_are_answered_when_they_are_signed_and_its_events_are_events()
            throws Exception {
        HandshakeResult.Reply ping =
                (HandshakeResult.Reply) signed("discord", "{\"version\":1,\"type\":0}");
        assertThat(ping.status()).isEqualTo(204);
        assertThat(ping.body()).isEmpty();
        assertJson(signed("discord", "{\"type\":1,\"id\":\"1\"}"), "{\"type\":1}");
        assertThat(signed("discord", "{\"type\":1,\"event\":{\"type\":\"A\"}}")).isNull();
        assertThat(answer("discord", post("{\"type\":1}"))).isNull();
    }

    @Test
    void cloudevents_consent_says_nothing_that_the_sender_chose() throws Exception {
        HandshakeResult.Reply reply =
                (HandshakeResult.Reply)
                        answer(
                                "cloudevents",
                                get().method("OPTIONS")
                                        .with("WebHook-Request-Origin", "eventemitter.example.com")
                                        .with("WebHook-Request-Rate", "120"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers())
                .isEqualTo(Map.of("WebHook-Allowed-Origin", "*", "WebHook-Allowed-Rate", "*"));
        assertThat(answer("cloudevents", get().method("OPTIONS"))).isNull();
    }

    @Test
    void cloudevents_consent_grants_the_streams_rate() throws Exception {
        Handshakes limited =
                Handshakes.open(
                        HandshakeSettings.of(preset("cloudevents").handshake(), null, false)
                                .grantingPerMinute(600),
                        verifier("cloudevents"),
                        secrets(),
                        InstantSource.system());

        HandshakeResult.Reply reply =
                (HandshakeResult.Reply)
                        limited.answer(
                                get().method("OPTIONS")
                                        .with("WebHook-Request-Origin", "eventemitter.example.com")
                                        .with("WebHook-Request-Rate", "12000"),
                                null);

        assertThat(reply.headers())
                .isEqualTo(Map.of("WebHook-Allowed-Origin", "*", "WebHook-Allowed-Rate", "600"));
    }

    @Test
    void slacks_own_sdk_signs_a_handshake_that_is_answered_and_no_event() throws Exception {
        String body = slack("url_verification", "abc");
        String now = Long.toString(NOW.getEpochSecond());
        Received request =
                post(body)
                        .with("X-Slack-Request-Timestamp", now)
                        .with(
                                "X-Slack-Signature",
                                new SlackSignature.Generator(APP_SECRET).generate(now, body));
        Decision sender = verifier("slack").verify(request);

        assertThat(sender).isInstanceOf(Verified.class);
        assertJson(
                handshakes("slack").answer(request, (Verified) sender), "{\"challenge\":\"abc\"}");
    }

    @Test
    void a_body_that_is_large_or_coded_is_not_looked_into() throws Exception {
        String large = slack("url_verification", "a") + " ".repeat(Handshakes.MAX_BODY);

        assertThat(answer("slack", post(large))).isNull();
        assertThat(
                        answer(
                                "slack",
                                post(slack("url_verification", "a"))
                                        .with("content-encoding", "gzip")))
                .isNull();
    }

    @Test
    void what_is_no_printable_text_of_at_most_1_kb_does_not_come_back() throws Exception {
        Fuzz.inputs(
                500,
                random -> {
                    String token = anyText(random, 1 + random.nextInt(1300));
                    HandshakeResult result =
                            answer("slack", post(slack("url_verification", token)));
                    boolean fits =
                            token.length() <= 1024
                                    && token.chars().allMatch(c -> c >= ' ' && c <= '~');
                    if (fits) {
                        assertJson(result, "{\"challenge\":" + quoted(token) + "}");
                    } else {
                        assertThat(result).isInstanceOf(HandshakeResult.Malformed.class);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("computed")
    void no_text_outside_the_alphabet_of_tokens_is_signed(String vendor) throws Exception {
        for (String token :
                List.of("", "{}", "v0:1:{}", "a b", "a.b", "a:b", "caf\u00e9", "a".repeat(257))) {
            assertThat(computedAnswer(vendor, token))
                    .as(token)
                    .isInstanceOf(HandshakeResult.Malformed.class);
        }
    }

    /** Were one, whoever may ask for a token's signature could send it as an event. */
    @ParameterizedTest
    @MethodSource("computed")
    void no_token_that_is_signed_verifies_as_an_event(String vendor) throws Exception {
        Verifier events = verifier(vendor);
        SignatureScheme scheme = preset(vendor).schemes().get(0);
        Fuzz.inputs(
                500,
                random -> {
                    String token = random.nextInt(4) == 0 ? number(random) : token(random);
                    String mac = events.macOf(token, null);
                    String signature = scheme.signature().prefix() + mac;
                    String time = Long.toString(NOW.getEpochSecond());
                    for (String body : List.of(token, "", "{}")) {
                        Received event =
                                post(body)
                                        .with(scheme.signature().from().name(), signature)
                                        .with("x-zm-request-timestamp", time);
                        assertThat(events.verify(event)).isInstanceOf(Denied.class);
                    }
                    assertThat(computedAnswer(vendor, token).toString()).doesNotContain(APP_SECRET);
                });
    }

    /** The structure behind it: everything the scheme signs has a character no token has. */
    @Test
    void a_preset_whose_events_could_be_tokens_may_not_compute_answers() throws Exception {
        String yaml =
                """
                - name: acme
                  title: Acme
                  schemes:
                    - algorithm: hmac-sha256
                      key: {decode: utf8}
                      signature: {from: 'header:x-acme', parse: plain, encoding: hex}
                      content: '{body}'
                  envelope: {}
                  success-status: 200
                  overload-status: 503
                  retries: true
                  body-may-change-on-retry: false
                  secret: A key.
                  retry: Never.
                  handshake:
                    about: It comes.
                    rules:
                      - method: GET
                        present: ['query:c']
                        signed: false
                        token: 'query:c'
                        reply: {status: 200, text: '{mac}'}
                  register: Anywhere.
                  sandbox: None.
                  not-covered: Headers.
                """;

        assertThatThrownBy(() -> read(yaml)).hasMessageContaining("handshake: computed (expected:");
        assertThatThrownBy(() -> read(yaml.replace("'{body}'", "'a{body}'")))
                .hasMessageContaining("handshake: computed (expected:");
        assertThat(read(yaml.replace("'{body}'", "'a:{body}'"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Confirmation.class)
    void a_subscription_is_answered_as_its_vendor_has_confirmed_it(Confirmation confirmation)
            throws Exception {
        Subscriptions sns = new Subscriptions(confirmation);

        HandshakeResult result = sns.handshakes(true).answer(subscription(""), SNS);

        switch (confirmation) {
            case DONE -> assertThat(((HandshakeResult.Reply) result).status()).isEqualTo(200);
            case PENDING, FAILED -> assertThat(result).isInstanceOf(HandshakeResult.Later.class);
            case NOT_ALLOWED, REFUSED ->
                    assertThat(result).isInstanceOf(HandshakeResult.Malformed.class);
        }
        assertThat(sns.asked).containsExactly("https://sns.example/ allowed true");
    }

    @Test
    void without_the_option_no_fetch_is_allowed() throws Exception {
        Subscriptions sns = new Subscriptions(Confirmation.NOT_ALLOWED);

        assertThat(sns.handshakes(false).answer(subscription(""), SNS))
                .isInstanceOf(HandshakeResult.Malformed.class);
        assertThat(sns.asked).containsExactly("https://sns.example/ allowed false");
    }

    @Test
    void a_subscription_that_nobody_signed_is_asked_of_nobody() throws Exception {
        Subscriptions sns = new Subscriptions(Confirmation.DONE);

        assertThat(sns.handshakes(true).answer(subscription(""), null)).isNull();
        assertThat(sns.handshakes(true).mayBeOne(subscription("").headersOnly())).isFalse();
        assertThat(sns.asked).isEmpty();
    }

    @Test
    void an_end_of_a_subscription_is_answered_and_nothing_is_fetched() throws Exception {
        Subscriptions sns = new Subscriptions(Confirmation.DONE);
        Received end =
                post("{\"Type\":\"UnsubscribeConfirmation\",\"SubscribeURL\":\"https://a/\"}");

        assertThat(((HandshakeResult.Reply) sns.handshakes(true).answer(end, SNS)).status())
                .isEqualTo(200);
        assertThat(sns.asked).isEmpty();
    }

    /** Else whoever has captured one could make an event of it. */
    @Test
    void a_signed_subscription_is_no_event_however_large_or_coded_it_is() throws Exception {
        Subscriptions sns = new Subscriptions(Confirmation.REFUSED);
        Handshakes handshakes = sns.handshakes(true);

        for (Received request :
                List.of(
                        subscription(" ".repeat(Handshakes.MAX_BODY)),
                        subscription("").with("content-encoding", "identity"),
                        subscription("").with("content-encoding", "gzip"))) {
            assertThat(handshakes.answer(request, SNS)).isNotNull();
        }
        assertThat(handshakes.answer(post("{\"Type\":\"Notification\"}"), SNS)).isNull();
    }

    @Test
    void a_rule_that_fetches_or_is_never_an_event_is_signed() throws Exception {
        HandshakeRule sound = preset("aws-sns").handshake().rules().get(0);

        assertThatThrownBy(() -> unsigned(sound, HandshakeRule.Bodies.SMALL, sound.fetch()))
                .hasMessageContaining("handshake.signed: false");
        assertThatThrownBy(() -> unsigned(sound, HandshakeRule.Bodies.ALL, null))
                .hasMessageContaining("handshake.signed: false");
        assertThat(unsigned(sound, null, null).bodies()).isEqualTo(HandshakeRule.Bodies.SMALL);
    }

    @Test
    void the_verify_token_is_read_again() throws Exception {
        TestSecrets secrets = secrets();
        Handshakes meta =
                Handshakes.open(
                        HandshakeSettings.of(
                                preset("meta").handshake(), SecretRef.parse("env:V"), false),
                        verifier("meta"),
                        secrets,
                        InstantSource.system());
        secrets.put("V", "handshake-next-token");
        meta.refresh();

        assertText(
                meta.answer(
                        get().query(subscribe("handshake-next-token") + "&hub.challenge=1"), null),
                "1");
    }

    static Stream<String> computed() {
        return Presets.all().stream()
                .filter(preset -> preset.handshake() != null && preset.handshake().isComputed())
                .map(Preset::name);
    }

    private static HandshakeResult computedAnswer(String vendor, String token) throws Exception {
        return vendor.equals("zoom")
                ? handshakes("zoom")
                        .answer(
                                post(
                                        "{\"event\":\"endpoint.url_validation\",\"payload\":"
                                                + "{\"plainToken\":"
                                                + quoted(token)
                                                + "}}"),
                                new Verified("zoom", "A"))
                : answer(
                        vendor,
                        get().query(
                                        "crc_token="
                                                + URLEncoder.encode(
                                                        token, StandardCharsets.UTF_8)));
    }

    private static HandshakeResult signed(String vendor, String body) throws Exception {
        return handshakes(vendor).answer(post(body), new Verified(vendor, "A"));
    }

    private static HandshakeResult signedAnswer(String vendor, String body) throws Exception {
        Outgoing sent =
                AuthSchemes.signer(settings(vendor), secrets())
                        .sign(Outgoing.post("/", body.getBytes(StandardCharsets.UTF_8)), NOW, "1");
        Received request = Received.of(sent, NOW);
        Decision sender = verifier(vendor).verify(request);
        return handshakes(vendor).answer(request, (Verified) sender);
    }

    private static HandshakeResult answer(String vendor, AuthRequest request) throws Exception {
        return handshakes(vendor).answer(request, null);
    }

    private static Handshakes handshakes(String vendor) throws SecretUnavailableException {
        return Handshakes.open(
                HandshakeSettings.of(preset(vendor).handshake(), SecretRef.parse("env:V"), false),
                verifier(vendor),
                secrets(),
                InstantSource.system());
    }

    private static Preset preset(String vendor) {
        return Presets.named(vendor).orElseThrow();
    }

    private static Verifier verifier(String vendor) throws SecretUnavailableException {
        return AuthSchemes.verifier(settings(vendor), secrets());
    }

    private static AuthSettings settings(String vendor) {
        return TestSecrets.settings(vendor, vendor.equals("discord") ? "PUBLIC" : "A");
    }

    private static TestSecrets secrets() {
        return new TestSecrets()
                .put("A", APP_SECRET)
                .put("V", VERIFY_TOKEN)
                .put("PUBLIC", TestKeys.of(preset("discord").schemes().get(0), 1).verifying());
    }

    private static Received subscription(String more) {
        return post(
                "{\"Type\":\"SubscriptionConfirmation\",\"SubscribeURL\":\"https://sns.example/\"}"
                        + more);
    }

    private static HandshakeRule unsigned(
            HandshakeRule rule, HandshakeRule.Bodies bodies, FieldSource fetch) {
        return new HandshakeRule(
                rule.method(),
                rule.equal(),
                rule.present(),
                rule.absent(),
                rule.only(),
                bodies,
                false,
                null,
                fetch,
                null,
                rule.reply());
    }

    /** A vendor that says what became of a subscription. */
    private static final class Subscriptions implements Verifier {

        final List<String> asked = new ArrayList<>();
        private final Confirmation confirmation;

        Subscriptions(Confirmation confirmation) {
            this.confirmation = confirmation;
        }

        Handshakes handshakes(boolean mayFetch) throws SecretUnavailableException {
            return Handshakes.open(
                    HandshakeSettings.of(preset("aws-sns").handshake(), null, mayFetch),
                    this,
                    new TestSecrets(),
                    InstantSource.system());
        }

        @Override
        public Confirmation confirm(AuthRequest request, String url, boolean mayFetch) {
            asked.add(url + " allowed " + mayFetch);
            return confirmation;
        }

        @Override
        public String scheme() {
            return "aws-sns";
        }

        @Override
        public Optional<Denied> precheck(AuthRequest headersOnly) {
            return Optional.empty();
        }

        @Override
        public Decision verify(AuthRequest request, Trace trace) {
            return SNS;
        }

        @Override
        public String challenge() {
            return "AwsSns";
        }
    }

    private static Received get() {
        return post("").method("GET");
    }

    private static Received post(String body) {
        return Received.of(Outgoing.post("/", body.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    private static String subscribe(String token) {
        return "hub.mode=subscribe&hub.verify_token=" + token;
    }

    private static String slack(String type, String challenge) {
        return "{\"token\":\"t\",\"challenge\":%s,\"type\":\"%s\"}"
                .formatted(quoted(challenge), type);
    }

    private static Received eventGrid(String code) {
        return post("""
                [{"id":"1","topic":"/t","subject":"","data":{"validationCode":"%s",
                "validationUrl":"https://rp.example.com/"},"eventTime":"2026-03-01T12:00:00Z",
                "eventType":"Microsoft.EventGrid.SubscriptionValidationEvent"}]"""
                        .formatted(code))
                .with("aeg-event-type", "SubscriptionValidation");
    }

    private static Map<String, Preset> read(String yaml) throws Exception {
        return PresetReader.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String anyText(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            int c = plain ? ' ' + random.nextInt(95) : random.nextInt(0x180);
            text.append((char) c);
        }
        return text.toString();
    }

    private static String token(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(256); i > 0; i--) {
            text.append(SIGNABLE.charAt(random.nextInt(SIGNABLE.length())));
        }
        return text.toString();
    }

    /** JSON all the same. */
    private static String number(SplittableRandom random) {
        return Integer.toString(random.nextInt());
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static void assertText(HandshakeResult result, String text) {
        assertReply(result, "text/plain; charset=us-ascii", text);
    }

    private static void assertJson(HandshakeResult result, String json) {
        assertReply(result, "application/json", json);
    }

    private static void assertReply(HandshakeResult result, String contentType, String body) {
        assertThat(result).isInstanceOf(HandshakeResult.Reply.class);
        HandshakeResult.Reply reply = (HandshakeResult.Reply) result;
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(contentType);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }
}
