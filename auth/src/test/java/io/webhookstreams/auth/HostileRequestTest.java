/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/** Seeded random damage: never an exception, never a verification. The seed is the test's name. */
class HostileRequestTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final List<String> TYPES =
            List.of("stripe", "github", "standard-webhooks", "bearer");
    private static final String ALPHABET = "tv10=, .:;whsecBearer\t\u0000\r\n\u00e9\ud83d\"{}";

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damaged_headers_never_throw_and_verify_only_with_the_whole_credential(long seed) {
        Random random = new Random(seed);
        for (String type : TYPES) {
            Verifier verifier = TestSecrets.verifier(type, SECRET);
            Map<String, String> good = TestSecrets.signer(type, SECRET).sign(BODY, NOW, "msg_1");
            for (int i = 0; i < 200; i++) {
                AuthRequest request = damaged(good, random);

                Decision decision = verifier.verify(request);

                if (decision instanceof Verified) {
                    assertThat(isGenuine(request, good)).as("%s %s", type, decision).isTrue();
                }
                verifier.precheck(request)
                        .ifPresent(denied -> assertThat(decision).isInstanceOf(Denied.class));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_body_with_one_changed_bit_does_not_verify(long seed) {
        Random random = new Random(seed);
        for (String type : List.of("stripe", "github", "standard-webhooks")) {
            byte[] body = new byte[1 + random.nextInt(4096)];
            random.nextBytes(body);
            int bit = random.nextInt(body.length * 8);
            TestRequest request =
                    aRequest().body(body).signedWith(TestSecrets.signer(type, SECRET)).at(NOW);
            Verifier verifier = TestSecrets.verifier(type, SECRET);

            assertThat(verifier.verify(request.arrived())).isInstanceOf(Verified.class);
            assertThat(verifier.verify(request.tampered(bytes -> flipped(bytes, bit)).arrived()))
                    .isInstanceOfSatisfying(
                            Denied.class,
                            denied -> assertThat(denied.cause()).isEqualTo(Denied.Cause.NO_MATCH));
        }
    }

    private static AuthRequest damaged(Map<String, String> good, Random random) {
        TestRequest request = aRequest();
        String victim = List.copyOf(good.keySet()).get(random.nextInt(good.size()));
        good.forEach(
                (name, value) -> {
                    if (!name.equals(victim)) {
                        request.header(name, value);
                    } else {
                        request.header(name, damaged(value, random));
                    }
                });
        return request.arrived();
    }

    private static String damaged(String value, Random random) {
        StringBuilder text = new StringBuilder(value);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.setLength(at);
                case 2 -> text.insert(at, String.valueOf(c).repeat(random.nextInt(5000)));
                case 3 -> text.append(text);
                default -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
            }
            text.setLength(Math.min(text.length(), 20_000));
        }
        return text.toString();
    }

    /** Blanks and unknown items around the credential are harmless; the credential is whole. */
    private static boolean isGenuine(AuthRequest request, Map<String, String> good) {
        return good.entrySet().stream()
                .filter(header -> !header.getKey().equals("x-github-delivery"))
                .allMatch(header -> isGenuine(header, request.headers(header.getKey()).get(0)));
    }

    private static boolean isGenuine(Map.Entry<String, String> header, String sent) {
        String value = header.getValue();
        boolean carriesCredential = value.length() > 24;
        return carriesCredential
                ? sent.contains(value.substring(value.length() - 24))
                : sent.equals(value);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return bytes;
    }
}
