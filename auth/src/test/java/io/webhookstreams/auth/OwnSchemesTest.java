/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Schemes that a configuration writes, against those who sign that way. */
class OwnSchemesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String MISPLACED_SECRET = "s3cret-in-place-of-a-decoding";

    private static final String STRIPE =
            """
            algorithm: hmac-sha256
            key: {decode: utf8}
            signature:
              {from: 'header:Stripe-Signature', parse: kv, separator: ',', key-separator: '=',
               take: [v1], encoding: hex}
            timestamp: {from: 'sig:t', format: s, past: 300}
            content: '{ts}.{body}'
            """;

    private static final String GITHUB =
            """
            algorithm: hmac-sha256
            key: {decode: utf8}
            signature: {from: 'header:X-Hub-Signature-256', parse: plain, prefix: 'sha256=', encoding: hex}
            content: '{body}'
            """;

    private static final String TOKEN_SCHEME =
            """
            algorithm: token
            key: {decode: utf8}
            signature: {from: 'header:X-Key', parse: plain}
            """;

    @Test
    void what_stripes_library_signs_verifies_and_a_changed_body_does_not() throws Exception {
        Verifier verifier = verifier(STRIPE, SECRET);
        TestRequest request = aRequest().header("Stripe-Signature", byStripe(BODY, 10));

        assertThat(verifier.precheck(request.headersOnly())).isEmpty();
        assertThat(verifier.verify(request.arrived())).isEqualTo(new Verified("custom", "A"));
        assertThat(
                        verifier.verify(
                                request.tampered(
                                                body -> {
                                                    body[0]++;
                                                    return body;
                                                })
                                        .arrived()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.NO_MATCH));
    }

    @Test
    void its_tolerance_is_enforced_and_the_streams_own_wins() throws Exception {
        AuthRequest old = aRequest().header("Stripe-Signature", byStripe(BODY, 301)).arrived();
        AuthSettings longer =
                new AuthSettings(
                                "custom",
                                List.of(SecretRef.parse("env:A")),
                                Duration.ofMinutes(10),
                                null,
                                null)
                        .signedBy(read(STRIPE));

        assertThat(verifier(STRIPE, SECRET).verify(old))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.TIMESTAMP_TOO_OLD));
        assertThat(AuthSchemes.verifier(longer, new TestSecrets().put("A", SECRET)).verify(old))
                .isInstanceOf(Verified.class);
    }

    @Test
    void stripes_library_accepts_what_we_sign() throws Exception {
        String header =
                AuthSchemes.signer(settings(STRIPE), new TestSecrets().put("A", SECRET))
                        .sign(BODY, NOW)
                        .get("stripe-signature");

        assertThat(acceptedByStripe(header)).isTrue();
        assertThat(acceptedByStripe(header.replace("v1=", "v1=0"))).isFalse();
    }

    @Test
    void githubs_published_vector_verifies() throws Exception {
        // docs.github.com, "Validating webhook deliveries".
        AuthRequest request =
                aRequest()
                        .body("Hello, World!")
                        .header(
                                "X-Hub-Signature-256",
                                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
                        .arrived();

        assertThat(verifier(GITHUB, "It's a Secret to Everybody").verify(request))
                .isInstanceOf(Verified.class);
        assertThat(verifier(GITHUB, "another secret").verify(request)).isInstanceOf(Denied.class);
    }

    @Test
    void of_several_schemes_the_first_for_the_request_decides() throws Exception {
        String both = "- " + indented(STRIPE) + "- " + indented(TOKEN_SCHEME);
        Verifier verifier = verifier(both, SECRET);

        assertThat(verifier.verify(aRequest().header("X-Key", SECRET).arrived()))
                .isInstanceOf(Verified.class);
        assertThat(
                        verifier.verify(
                                aRequest()
                                        .header("Stripe-Signature", byStripe(BODY, 1000))
                                        .header("X-Key", SECRET)
                                        .arrived()))
                .isInstanceOf(Denied.class);
        assertThat(verifier.credentialHeaders()).contains("x-key", "authorization");
    }

    @Test
    void it_is_the_same_after_it_was_shipped() throws Exception {
        AuthSettings settings = settings(STRIPE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(settings);
        }

        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(settings);
        }
    }

    @Test
    void presets_in_the_same_words_are_the_same_schemes() {
        assertThat(read(GITHUB)).isEqualTo(Presets.named("github").orElseThrow().schemes());
    }

    @Test
    void all_problems_are_told_together_by_name_value_and_expectation() {
        List<String> problems =
                problems(
                        """
                        algorithm: hmac-sha257
                        key: {decode: utf8, secret: %s}
                        signature: {from: 'cookie:sig', parse: plain, encoding: base32}
                        timestamp: {format: s, past: 5 min}
                        contents: '{body}'
                        """
                                .formatted(MISPLACED_SECRET));

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "scheme.algorithm: hmac-sha257 (expected: one of hmac-sha1, "),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "scheme.key.***: unknown (expected: decode, strip)"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "scheme.signature.from: cookie:sig (expected: header:NAME"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "scheme.signature.encoding: base32 (expected: one of hex, base64, base64url)"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "scheme.timestamp.from: missing (expected: a value)"),
                        p ->
                                assertThat(p)
                                        .isEqualTo(
                                                "scheme.timestamp.past: 5 min (expected: whole seconds, such as 300)"),
                        p ->
                                assertThat(p)
                                        .startsWith(
                                                "scheme.contents: unknown (expected: when, algorithm, "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content: '{body}' | content: '{secret}{nonce}'"
                        + " | auth.scheme.content: {nonce} (expected: {body}",
                "content: '{body}' | content: '{ts}{body}'"
                        + " | auth.scheme.content: {ts}{body} (expected: {ts} exactly with timestamp)",
                "content: '{body}' | content: '{header:X-Id}{body}'"
                        + " | auth.scheme.content: {header:x-id}{body} (expected: a fixed text in between",
                "content: '{body}' | content: '{method}{header:X-Id}'"
                        + " | auth.scheme.content: {method}{header:x-id} (expected: a fixed text",
                "content: '{body}' | content: '{ts}{body}', timestamp: {from: 'sig:t', format: s}"
                        + " | auth.scheme.timestamp.from: sig:t (expected: with parse kv",
                "content: '{body}' | content: '{body}', when: {present: 'sig:t'}"
                        + " | auth.scheme.when present sig:t (expected: a field of the request)",
                "content: '{body}' | content: '{body}', bind: 'query:sha'"
                        + " | auth.scheme.bind: query:sha (expected: among what is signed)",
                "content: '{body}' | content: '{url}{body}'"
                        + " | auth.type: custom (expected: listener.public-url beside it"
            })
    void what_no_request_could_prove_is_a_problem(String from, String to, String problem) {
        String text =
                GITHUB.replace(
                        from,
                        to.replace(", timestamp", "\ntimestamp")
                                .replace(", when", "\nwhen")
                                .replace(", bind", "\nbind"));

        assertThat(AuthSchemes.problems(settings(text)))
                .anySatisfy(line -> assertThat(line).startsWith(problem));
    }

    @Test
    void a_scheme_goes_with_custom_and_custom_with_a_scheme() {
        assertThat(AuthSchemes.problems(TestSecrets.settings("custom", "A")))
                .containsExactly(
                        "auth.scheme: missing (expected: how requests are signed, a mapping or a"
                                + " list of them)");
        assertThat(AuthSchemes.problems(TestSecrets.settings("stripe", "A").signedBy(read(GITHUB))))
                .containsExactly("auth.scheme: set (expected: only with custom)");
        assertThat(AuthSchemes.problems(settings(GITHUB).with(List.<SecretRef>of())))
                .containsExactly(
                        "auth.secrets: 0 references (expected: at least one file:PATH or env:NAME)");
    }

    @Test
    void what_it_leaves_unsigned_is_known() {
        assertThat(unsigned(GITHUB, "header:x-id")).isTrue();
        assertThat(unsigned(GITHUB, "json:/id")).isFalse();
        assertThat(unsigned(TOKEN_SCHEME, "json:/id")).isFalse();
    }

    @Test
    void what_is_no_scheme_is_one_problem_without_its_text() {
        for (String text :
                List.of(
                        "",
                        MISPLACED_SECRET,
                        "[]",
                        "{}",
                        "a: [",
                        "x: ".repeat(5000),
                        "[".repeat(9000),
                        "a: " + "b".repeat(40_000),
                        GITHUB + "content: twice",
                        GITHUB + "---\n" + GITHUB)) {
            assertThat(problems(text))
                    .singleElement()
                    .asString()
                    .startsWith("scheme: not readable");
        }
    }

    @Test
    void a_secret_in_place_of_the_keys_description_is_not_told() {
        for (String key :
                List.of(
                        "%s",
                        "{decode: %s}",
                        "{%s: utf8}",
                        "{decode: utf8, secret: %s}",
                        "[%s]",
                        "{decode: {%s: a}}")) {
            List<String> problems =
                    problems(GITHUB.replace("{decode: utf8}", key.formatted(MISPLACED_SECRET)));

            assertThat(problems).isNotEmpty();
            // Not by doesNotContain, which would print what it has found.
            assertThat(String.join("\n", problems).contains(MISPLACED_SECRET)).as(key).isFalse();
        }
    }

    @Test
    void a_damaged_scheme_is_refused_or_judges_any_request() {
        Fuzz.inputs(
                3_000,
                random -> {
                    String sound = random.nextBoolean() ? STRIPE : GITHUB;
                    List<String> problems = new ArrayList<>();
                    List<SignatureScheme> schemes =
                            OwnSchemes.parse(Damage.of(sound, random), problems);
                    assertThat(problems).allSatisfy(p -> assertThat(p).startsWith("scheme"));
                    AuthSettings settings =
                            settings(GITHUB).signedBy(schemes).at("https://a.example");
                    if (problems.isEmpty() && AuthSchemes.problems(settings).isEmpty()) {
                        judge(settings);
                    }
                });
    }

    /** Neither opening a verifier nor any request throws what is not declared. */
    private static void judge(AuthSettings settings) {
        try {
            TestSecrets secrets = new TestSecrets().put("A", SECRET);
            Verifier verifier = AuthSchemes.verifier(settings, secrets);
            assertThat(verifier.challenge()).isNotEmpty();
            AuthRequest request =
                    aRequest()
                            .header("Stripe-Signature", "t=1,v1=" + "0".repeat(64))
                            .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
                            .arrived();
            verifier.precheck(request);
            assertThat(verifier.verify(request)).isInstanceOf(Denied.class);
        } catch (SecretUnavailableException e) {
            assertThat(e.toString().contains(SECRET)).as("says the secret").isFalse();
        }
    }

    private static boolean unsigned(String scheme, String location) {
        return AuthSchemes.leavesUnsigned(settings(scheme), ValueLocation.parse(location));
    }

    private static Verifier verifier(String scheme, String secret) throws Exception {
        return AuthSchemes.verifier(settings(scheme), new TestSecrets().put("A", secret));
    }

    private static AuthSettings settings(String scheme) {
        return TestSecrets.settings("custom", "A").signedBy(read(scheme));
    }

    private static List<SignatureScheme> read(String scheme) {
        List<String> problems = new ArrayList<>();
        List<SignatureScheme> schemes = OwnSchemes.parse(scheme, problems);
        assertThat(problems).isEmpty();
        return schemes;
    }

    private static List<String> problems(String scheme) {
        List<String> problems = new ArrayList<>();
        OwnSchemes.parse(scheme, problems);
        return problems;
    }

    private static String indented(String yaml) {
        return yaml.strip().replace("\n", "\n  ") + "\n";
    }

    private static String byStripe(byte[] body, long age) throws Exception {
        return Webhook.Signature.generateSignatureHeader(
                new String(body, StandardCharsets.UTF_8), SECRET, NOW.getEpochSecond() - age);
    }

    private static boolean acceptedByStripe(String header) {
        try {
            return Webhook.Signature.verifyHeader(
                    new String(BODY, StandardCharsets.UTF_8),
                    header,
                    SECRET,
                    300,
                    Clock.fixed(NOW, ZoneOffset.UTC));
        } catch (SignatureVerificationException e) {
            return false;
        }
    }
}
