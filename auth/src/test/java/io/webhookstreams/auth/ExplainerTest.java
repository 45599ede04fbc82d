/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestIssuer.claims;
import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.FetchFailedException;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.vendor.VendorSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What an operator is told of a captured request, and that it is what the verifier has done. */
class ExplainerTest {

    private static final String RAW_SECRET = "a-raw-secret-of-many-letters-32b";
    private static final String OTHER_SECRET = "another-secret-of-many-letters-3";
    private static final String BODY = "{\"id\":\"evt_1\",\"n\":1.50}";
    private static final Fetch OFFLINE =
            url -> CompletableFuture.failedFuture(new FetchFailedException("offline"));

    private final TestSecrets secrets = new TestSecrets();

    static Stream<VendorSample> samples() {
        return VendorSample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_outcome_is_the_verifiers_own_whatever_is_wrong(VendorSample sample) throws Exception {
        Map<String, AuthRequest> requests = damaged(sample);
        for (TestKeys keys : List.of(sample.own(), sample.other())) {
            secrets.put("A", keys.verifying());
            for (Map.Entry<String, AuthRequest> one : requests.entrySet()) {
                Decision decided = decide(sample.settings(), one.getValue());
                Explanation explained = explain(sample.settings(), one.getValue());

                assertThat(explained.decision()).as(one.getKey()).isEqualTo(decided);
                assertThat(explained.isVerified()).isEqualTo(decided instanceof Verified);
                assertThat(explained.advice().isEmpty() || !explained.isVerified()).isTrue();
            }
        }
        secrets.put("A", sample.own().verifying());
        assertThat(explain(sample.settings(), sample.received()).isVerified()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void no_secret_and_no_token_is_told(VendorSample sample) throws Exception {
        boolean token = !sample.data().schemes().get(0).algorithm().signs();
        secrets.put("A", sample.own().verifying());
        for (AuthRequest request : damaged(sample).values()) {
            String told = explain(sample.settings(), request).toString();

            assertThat(told).doesNotContain(sample.own().signing(), sample.own().verifying());
            if (token) {
                assertThat(told).doesNotContain(base64(sample.own().signing()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_was_signed_and_what_was_found_is_told(VendorSample sample) throws Exception {
        secrets.put("A", sample.own().verifying());
        Explanation explained = explain(sample.settings(), sample.received());

        assertThat(explained.steps()).anyMatch(line -> line.startsWith("scheme: "));
        assertThat(explained.steps()).anyMatch(line -> line.startsWith("found: "));
        assertThat(explained.steps()).contains("tried: A: matches");
        SignatureScheme first = sample.data().schemes().get(0);
        assertThat(explained.steps().stream().anyMatch(l -> l.startsWith("signed content: \"")))
                .isEqualTo(first.algorithm().signs());
        assertThat(explained.steps().stream().anyMatch(l -> l.startsWith("time: ")))
                .isEqualTo(first.timestamp() != null);
        assertThat(explained.steps().stream().anyMatch(l -> l.startsWith("expected with secret A")))
                .isEqualTo(first.algorithm().kind() == Algorithm.Kind.MAC);
    }

    @Test
    void the_digest_that_is_told_is_the_one_that_would_pass() throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthSettings github = TestSecrets.settings("github", "A");
        Received wrong = post(BODY).with("x-hub-signature-256", "sha256=" + "0".repeat(64));

        String expected = line(explain(github, wrong).steps(), "expected with secret A: ");

        Received right = wrong.with("x-hub-signature-256", "sha256=" + expected);
        assertThat(explain(github, right).decision()).isEqualTo(new Verified("github", "A"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1}\\n | {\"id\":1} | with a line feed at its end",
                "{\"id\":1} | {\"id\":1}\\n | without the line end at its end",
                "{\"id\":1}\\r\\n | {\"id\":1} | with CR LF at its end",
                "{\"id\":1} | {\\n\"id\":1\\n} | without any line ends",
                "{\\n\"id\":1} | {\\r\\n\"id\":1} | with LF in place of CR LF",
                "{\\r\\n\"id\":1} | {\\n\"id\":1} | with CR LF in place of LF",
                "{\"id\":1,\"n\":1.50} | { \"id\": 1, \"n\":  1.50 } | as JSON without blanks",
                "{\"id\": 1, \"t\": \"a:b\"} | {\"id\":1,\"t\":\"a:b\"} | that Python writes",
            })
    void a_body_that_was_changed_on_the_way_is_recognised(String sent, String got, String advice)
            throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthSettings github = TestSecrets.settings("github", "A");
        Received captured = signed("github", "A", unescaped(sent)).body(bytes(unescaped(got)));

        assertThat(explain(github, captured).advice()).anyMatch(l -> l.contains(advice));
        assertThat(explain(github, captured).isVerified()).isFalse();
    }

    @Test
    void other_characters_escaped_by_the_sender_are_recognised() throws Exception {
        secrets.put("A", RAW_SECRET);
        Received captured =
                signed("meta", "A", "{\"t\":\"\\u00e9\"}").body(bytes("{\"t\":\"\u00e9\"}"));

        assertThat(explain(TestSecrets.settings("meta", "A"), captured).advice())
                .anyMatch(line -> line.contains("escaped as \\uXXXX"));
    }

    @Test
    void a_secret_that_is_read_in_the_wrong_way_is_recognised() throws Exception {
        String whole = "whsec_" + base64(RAW_SECRET);
        assertReading("stripe", base64(RAW_SECRET), whole, "without the prefix");
        assertReading("github", RAW_SECRET, base64(RAW_SECRET), "decoded from base64:");
        assertReading("github", RAW_SECRET, whole, "decoded from base64 after the prefix");
        assertReading("github", RAW_SECRET, " " + RAW_SECRET + "\n\n", "without the blanks");
        assertReading("github", RAW_SECRET, '"' + RAW_SECRET + '"', "without the blanks");
        assertReading("standard-webhooks", base64(whole), whole, "its text as it is");
        assertReading("api-key", RAW_SECRET, base64(RAW_SECRET), "decoded from base64");
        assertReading("bearer", RAW_SECRET, '"' + RAW_SECRET + '"', "without the blanks");
    }

    @Test
    void a_shared_secret_of_tokens_that_is_base64_is_recognised() throws Exception {
        JwtSettings tokens = TestIssuer.settings(null, "HS256");
        AuthSettings settings = TestSecrets.settings("jwt", "A").with(tokens);
        secrets.put("A", base64(RAW_SECRET));
        String token = claims().sign(com.auth0.jwt.algorithms.Algorithm.HMAC256(bytes(RAW_SECRET)));
        Received captured = post(BODY).with("authorization", "Bearer " + token);

        Explanation explained = explain(settings, captured);

        assertThat(explained.advice())
                .anyMatch(
                        l -> l.startsWith("secret A would match if the key were its text decoded"));
        assertThat(explained.steps()).contains("alg: HS256", "tried: A: no match");
        assertThat(explained.toString()).doesNotContain(token);
    }

    @Test
    void the_secret_of_another_stream_is_recognised_by_its_name() throws Exception {
        secrets.put("A", RAW_SECRET).put("B", OTHER_SECRET);
        AuthSettings github = TestSecrets.settings("github", "A");
        AuthSettings unreadable = TestSecrets.settings("github", "C", "B");
        AuthSettings slack = TestSecrets.settings("slack", "B");

        Explanation explained =
                explainer()
                        .explain(
                                github,
                                signed("github", "B", BODY),
                                Map.of("code", unreadable, "chat", slack));

        assertThat(explained.advice()).containsExactly("it was made with secret B of stream code");
        assertThat(
                        explainer()
                                .explain(
                                        github,
                                        signed("slack", "B", BODY),
                                        Map.of("code", unreadable, "chat", slack))
                                .advice())
                .contains(
                        "it passes at stream chat, of auth.type slack",
                        "header:x-slack-signature is there, in which auth.type slack has its"
                                + " signature");
    }

    @Test
    void an_old_request_is_told_apart_from_a_wrong_one() throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthSettings slack = TestSecrets.settings("slack", "A");
        Received late = signed("slack", "A", BODY).at(NOW.plus(Duration.ofHours(2)));

        Explanation explained = explain(slack, late);

        assertThat(explained.steps())
                .contains(
                        "time: header:x-slack-request-timestamp = 1772366400 (s) is"
                                + " 2026-03-01T12:00:00Z, 7200 s before 2026-03-01T14:00:00Z;"
                                + " allowed: 300 s old, 300 s ahead");
        assertThat(explained.advice())
                .singleElement()
                .asString()
                .startsWith("only the time is wrong: as of 2026-03-01T12:00:00Z it passes");
        assertThat(explain(slack, late.body(bytes(BODY + "\n"))).advice())
                .singleElement()
                .asString()
                .contains("without the line end at its end");
    }

    @Test
    void a_time_in_another_unit_is_recognised() throws Exception {
        secrets.put("A", RAW_SECRET);
        Received captured =
                signed("slack", "A", BODY)
                        .with("x-slack-request-timestamp", "" + NOW.toEpochMilli());

        assertThat(explain(TestSecrets.settings("slack", "A"), captured).advice())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "the time reads as " + NOW + " when it is taken as ms"));
    }

    @Test
    void a_header_that_a_gateway_has_renamed_is_recognised() throws Exception {
        secrets.put("A", RAW_SECRET);
        Received signed = signed("github", "A", BODY);
        String value = signed.headers("x-hub-signature-256").get(0);
        Received captured =
                signed.without("x-hub-signature-256").with("x_hub_signature_256", value);

        assertThat(explain(TestSecrets.settings("github", "A"), captured).advice())
                .contains(
                        "header x-hub-signature-256 is absent and x_hub_signature_256 is there: a"
                                + " gateway has renamed it");
    }

    @Test
    void another_public_url_is_recognised() throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthSettings square = TestSecrets.settings("square", "A").at("https://hooks.example.com");
        Signer signer = AuthSchemes.signer(square, secrets);
        Received captured =
                Received.of(signer.sign(Outgoing.post("/in", bytes(BODY)), NOW, "evt_1"), NOW);

        assertThat(explain(square.at("http://hooks.example.com"), captured).advice())
                .contains(
                        "the URL would match with https://hooks.example.com: set"
                                + " listener.public-url so");
    }

    @Test
    void where_nothing_explains_it_that_is_said() throws Exception {
        secrets.put("A", RAW_SECRET).put("B", OTHER_SECRET);

        assertThat(
                        explain(TestSecrets.settings("github", "A"), signed("github", "B", BODY))
                                .advice())
                .singleElement()
                .asString()
                .startsWith("no usual mistake explains it");
    }

    @Test
    void of_a_combination_each_member_is_explained_under_its_name() throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthMember hub = new AuthMember("hub", TestSecrets.settings("github", "A"));
        AuthMember lab = new AuthMember("lab", TestSecrets.settings("gitlab", "A"));
        AuthSettings any = TestSecrets.settings("any-of").combining(List.of(hub, lab));

        Explanation refused = explain(any, post(BODY));
        Explanation passed = explain(any, signed("github", "A", BODY));

        assertThat(refused.decision()).isEqualTo(decide(any, post(BODY)));
        assertThat(refused.steps()).contains("member: hub", "member: lab");
        assertThat(refused.advice()).anyMatch(line -> line.startsWith("hub: "));
        assertThat(refused.advice()).anyMatch(line -> line.startsWith("lab: "));
        assertThat(passed.decision()).isEqualTo(new Verified("github", "hub/A"));
    }

    @Test
    void of_client_certificates_it_is_said_that_the_connection_decides() throws Exception {
        AuthSettings mtls =
                new AuthSettings(
                        "mtls",
                        List.of(),
                        null,
                        null,
                        null,
                        JwtSettings.EMPTY,
                        ClientSettings.of(List.of(ClientName.parse("dns:client.example.com"))),
                        VendorSettings.EMPTY,
                        List.of(),
                        List.of());

        Explanation explained = explain(mtls, post(BODY));

        assertThat(explained.decision()).isEqualTo(decide(mtls, post(BODY)));
        assertThat(explained.advice()).singleElement().asString().contains("connection decides");
    }

    @Test
    void a_token_that_has_expired_is_told_apart_from_a_wrong_one() throws Exception {
        TestIssuer issuer = TestIssuer.named("key-1");
        secrets.put("keys.json", TestIssuer.jwks(issuer));
        AuthSettings settings =
                AuthSettings.of("jwt").with(TestIssuer.settings("file:keys.json", "RS256"));
        Received late =
                post(BODY)
                        .with("authorization", "Bearer " + issuer.rs256(claims()))
                        .at(NOW.plus(Duration.ofHours(1)));

        Explanation explained = explain(settings, late);

        assertThat(explained.steps())
                .contains("iss: " + TestIssuer.ISSUER, "exp: " + NOW.plusSeconds(60));
        assertThat(explained.advice())
                .singleElement()
                .asString()
                .startsWith("only the time is wrong: as of " + NOW.minusSeconds(1));
    }

    @Test
    void tokens_of_a_set_behind_a_url_need_the_set() throws Exception {
        TestIssuer issuer = TestIssuer.named("key-1");
        AuthSettings settings =
                AuthSettings.of("jwt")
                        .with(TestIssuer.settings("https://issuer.example.com/keys", "RS256"));
        String token = issuer.rs256(claims());
        Received captured = post(BODY).with("authorization", "Bearer " + token);
        byte[] set = bytes(TestIssuer.jwks(issuer));

        assertThat(explain(settings, captured).advice())
                .anyMatch(line -> line.contains("--fetched"));
        Explanation explained =
                new Explainer(secrets, url -> CompletableFuture.completedFuture(set))
                        .explain(settings, captured, Map.of());
        assertThat(explained.decision()).isEqualTo(new Verified("jwt", "key-1"));
        assertThat(explained.toString()).doesNotContain(token);
    }

    @Test
    void bytes_are_told_escaped_and_cut() throws Exception {
        secrets.put("A", RAW_SECRET);
        AuthSettings github = TestSecrets.settings("github", "A");

        assertThat(line(explain(github, signed("github", "A", "\u00e9\t\\\n")).steps(), "signed"))
                .isEqualTo(" content: \"\\xc3\\xa9\\t\\\\\\n\" (5 bytes)");
        assertThat(line(explain(github, signed("github", "A", "x".repeat(5000))).steps(), "signed"))
                .endsWith("xxx\"... (5000 bytes)")
                .hasSizeLessThan(2200);
    }

    private void assertReading(String type, String truth, String file, String advice)
            throws Exception {
        secrets.put("A", truth);
        Received captured = signed(type, "A", BODY);
        secrets.put("A", file);
        AuthSettings settings = TestSecrets.settings(type, "A");
        if (type.equals("bearer") || type.equals("api-key")) {
            assertThat(explain(settings, captured).toString()).doesNotContain(truth, file);
        }
        assertThat(explain(settings, captured).advice())
                .as("%s, %s", type, advice)
                .anyMatch(l -> l.startsWith("secret A would match") && l.contains(advice));
    }

    /** The request as it was sent, and in many ways spoiled. */
    private static Map<String, AuthRequest> damaged(VendorSample sample) {
        Received good = sample.received();
        Map<String, AuthRequest> all = new LinkedHashMap<>();
        all.put("good", good);
        all.put("line end", good.body(Arrays.copyOf(good.body(), good.body().length + 1)));
        all.put("empty", good.body(new byte[0]));
        all.put("late", good.at(NOW.plus(Duration.ofDays(1))));
        all.put("early", good.at(NOW.minus(Duration.ofDays(1))));
        all.put("query", good.query("a=b"));
        all.put("path", good.path("/x"));
        for (String header : sample.credentialHeaders()) {
            all.put("without " + header, good.without(header));
            all.put("twice " + header, good.again(header));
            all.put("cut " + header, good.with(header, good.headers(header).get(0).substring(1)));
            all.put("odd " + header, good.with(header, "\u00e9\n"));
        }
        return all;
    }

    private Decision decide(AuthSettings settings, AuthRequest request) throws Exception {
        InstantSource clock = InstantSource.fixed(request.receivedAt());
        return AuthSchemes.verifier(settings, secrets, clock).verify(request);
    }

    private Explanation explain(AuthSettings settings, AuthRequest request) throws Exception {
        return explainer().explain(settings, request, Map.of());
    }

    private Explainer explainer() {
        return new Explainer(secrets, OFFLINE);
    }

    private Received signed(String type, String variable, String body) throws Exception {
        Signer signer = AuthSchemes.signer(TestSecrets.settings(type, variable), secrets);
        return Received.of(signer.sign(Outgoing.post("/in", bytes(body)), NOW, "evt_1"), NOW);
    }

    private static Received post(String body) {
        return Received.of(Outgoing.post("/in", bytes(body)), NOW);
    }

    private static String line(List<String> lines, String start) {
        List<String> found = new ArrayList<>(lines);
        found.removeIf(line -> !line.startsWith(start));
        return found.get(0).substring(start.length());
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
