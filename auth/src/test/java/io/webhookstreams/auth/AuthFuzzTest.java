/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.fuzz.Allocation;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** What senders and operators write is read, or refused in the declared way; nothing else. */
class AuthFuzzTest {

    private static final int INPUTS = 10_000;
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Years that milliseconds can count, whatever the format: what comes after may rely on it. */
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final List<String> LOCATIONS =
            List.of(
                    "header:X-Event-Id",
                    "json:/data/object/id",
                    "json:/a~1b/~0/0",
                    "query:id",
                    "body-digest",
                    "none");

    private static final List<String> REFERENCES =
            List.of("file:/run/secrets/" + SECRET, "env:STRIPE_KEY", "live=file:a/b", "a=env:B");

    private static final List<String> TEMPLATES =
            List.of("{body}", "{ts}.{body}", "{header:webhook-id}.{ts}.{body}", "v0:{json:/a/b}");

    /** Those that verify with nothing but a secret. */
    static Stream<String> types() {
        return AuthSchemes.types().stream()
                .filter(type -> !AuthSchemes.problems(TestSecrets.settings(type)).isEmpty())
                .filter(
                        type ->
                                AuthSchemes.problems(
                                                TestSecrets.settings(type, "A")
                                                        .at(VendorSample.PUBLIC_URL))
                                        .isEmpty());
    }

    static Stream<VendorSample> samples() {
        return VendorSample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_damaged_request_gets_a_decision_and_only_the_signed_body_is_verified(
            VendorSample sample) {
        Verifier verifier = sample.verifier();
        Received good = sample.received();
        Fuzz.inputs(
                INPUTS / 5,
                random -> {
                    Received request = damaged(good, random);
                    Allocation.bounded(size(request), () -> judge(sample, verifier, request));
                });
    }

    @Test
    void a_damaged_bearer_token_gets_a_decision() {
        Verifier verifier = TestSecrets.verifier("bearer", SECRET);
        Received good =
                Received.of(Outgoing.post("/", BODY), NOW)
                        .with("authorization", "Bearer " + SECRET);
        Fuzz.inputs(INPUTS, random -> decide(verifier, damaged(good, random)));
    }

    private static void judge(VendorSample sample, Verifier verifier, Received request) {
        if (decide(verifier, request) instanceof Verified) {
            boolean same = Arrays.equals(request.body(), sample.received().body());
            assertThat(!sample.bindsBytes() || same).as("body as signed").isTrue();
        }
    }

    private static Decision decide(Verifier verifier, Received request) {
        boolean condemned = verifier.precheck(request.headersOnly()).isPresent();
        Decision decision = verifier.verify(request);
        if (decision instanceof Denied denied) {
            assertThat(denied.detail()).doesNotContain(SECRET).matches("[ -~]*");
        } else {
            assertThat(condemned).as("condemned by its headers").isFalse();
        }
        return decision;
    }

    @Test
    void locations_are_read_and_written_alike_or_refused() {
        Fuzz.inputs(
                INPUTS,
                random ->
                        readAlike(ValueLocation::parse, Damage.of(any(LOCATIONS, random), random)));
    }

    @Test
    void references_are_read_and_written_alike_or_refused_without_their_text() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String text = Damage.of(any(REFERENCES, random), random);
                    String message = readAlike(SecretRef::parse, text);
                    assertThat(message).doesNotContain("whsec_");
                });
    }

    @Test
    void templates_compile_or_are_refused() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String template = Damage.of(any(TEMPLATES, random), random);
                    refusal(() -> ContentTemplate.compile(template));
                });
    }

    @ParameterizedTest
    @EnumSource
    void times_are_read_as_something_that_milliseconds_can_count(TimeFormat format) {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String valid = format.format(instant(random));
                    String text = random.nextInt(4) == 0 ? valid : Damage.of(valid, random);
                    format.parse(text)
                            .ifPresent(time -> assertThat(time).isBeforeOrEqualTo(LATEST));
                });
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_secret_becomes_a_key_or_is_refused_without_a_word_of_it(String type) {
        Fuzz.inputs(
                INPUTS / 10,
                random -> {
                    String secret = "a-key-" + Damage.of(SECRET, random);
                    try {
                        AuthSchemes.verifier(
                                TestSecrets.settings(type, "A").at(VendorSample.PUBLIC_URL),
                                new TestSecrets().put("A", secret));
                    } catch (SecretUnavailableException e) {
                        assertThat(e.toString().contains(secret)).as("says the secret").isFalse();
                    }
                });
    }

    /** The message of the refusal, empty for what is read. */
    private static String readAlike(Function<String, ?> parse, String text) {
        return refusal(
                () -> {
                    Object read = parse.apply(text);
                    assertThat(parse.apply(read.toString())).isEqualTo(read);
                });
    }

    private static String refusal(Runnable parsing) {
        try {
            parsing.run();
            return "";
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private static Received damaged(Received good, SplittableRandom random) {
        Received request = good;
        for (Map.Entry<String, String> line : good.lines()) {
            String name = line.getKey();
            String value = line.getValue();
            request =
                    switch (random.nextInt(6)) {
                        case 0 -> request.with(name, Damage.of(value, random));
                        case 1 -> request.again(name);
                        case 2 -> request.with(name, value + Damage.snippet(random) + value);
                        default -> request;
                    };
        }
        if (random.nextInt(4) == 0) {
            request = request.query(Damage.of("a=b&bodySHA256=00&access_token=key", random));
        }
        return random.nextBoolean() ? request : request.body(Damage.of(good.body(), random));
    }

    private static long size(Received request) {
        return request.lines().stream().mapToLong(line -> line.getValue().length()).sum()
                + request.body().length;
    }

    private static Instant instant(SplittableRandom random) {
        return Instant.ofEpochSecond(random.nextLong(250_000_000_000L));
    }

    private static String any(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
