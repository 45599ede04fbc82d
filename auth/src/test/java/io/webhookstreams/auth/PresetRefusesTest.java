/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What every preset refuses. */
class PresetRefusesTest {

    private static final Set<Cause> NOT_THERE =
            Set.of(Cause.MISSING_CREDENTIAL, Cause.MISSING_CONTENT);

    static Stream<VendorSample> samples() {
        return VendorSample.all();
    }

    static Stream<VendorSample> samplesWithATime() {
        return VendorSample.allWithATime();
    }

    static Stream<VendorSample> samplesWithAVersion() {
        return samples().filter(s -> first(s).algorithm().signs() && !marks(s).isEmpty());
    }

    static Stream<VendorSample> samplesThatSignValues() {
        return samples().filter(s -> !pointers(s).isEmpty());
    }

    static Stream<VendorSample> samplesThatSignTheUrl() {
        return samples().filter(s -> signs(s, "{url}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void one_bit_changed_in_what_is_signed(VendorSample sample) {
        Received good = sample.received();
        Verifier verifier = sample.verifier();
        String proven = evidence(sample, good);
        int unsigned = 0;
        for (int i = 0; i < good.body().length; i++) {
            byte[] body = good.body().clone();
            body[i] ^= 1;
            Received changed = good.body(body);
            if (verifier.verify(changed) instanceof Verified) {
                unsigned++;
                assertThat(evidence(sample, changed)).as("byte %s", i).isEqualTo(proven);
            }
        }
        // Of a form other bytes may mean the same, yet none that differ in one bit.
        boolean whole = sample.bindsBytes() || sample.form().equals("form");
        assertThat(unsigned > 0)
                .as("bytes of the body that nobody signs: %s", unsigned)
                .isEqualTo(!whole && !sample.form().equals("single"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void one_bit_changed_in_a_header_that_proves_something(VendorSample sample) {
        Received good = sample.received();
        Verifier verifier = sample.verifier();
        for (String header : sample.credentialHeaders()) {
            String value = good.headers(header).get(0);
            for (int i = 0; i < value.length(); i++) {
                char[] text = value.toCharArray();
                text[i] = (char) (text[i] ^ 1);
                assertThat(verifier.verify(good.with(header, new String(text))))
                        .as("%s, character %s", header, i)
                        .isInstanceOf(Denied.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_header_that_is_missing_or_empty(VendorSample sample) {
        for (String header : sample.credentialHeaders()) {
            assertThat(NOT_THERE).contains(cause(sample, sample.received().without(header)));
            assertThat(NOT_THERE).contains(cause(sample, sample.received().with(header, "")));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_header_that_is_there_twice(VendorSample sample) {
        for (String header : sample.credentialHeaders()) {
            assertThat(cause(sample, sample.received().again(header)))
                    .isEqualTo(Cause.DUPLICATE_CREDENTIAL);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_header_that_is_too_long_or_no_plain_text(VendorSample sample) {
        for (String header : sample.credentialHeaders()) {
            String value = sample.received().headers(header).get(0);
            for (String bad : List.of(value + "x".repeat(5000), value + "\n", value + "\u00e9")) {
                assertThat(cause(sample, sample.received().with(header, bad)))
                        .isEqualTo(Cause.MALFORMED_CREDENTIAL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void another_secret_or_that_of_another_stream(VendorSample sample) {
        Decision decision = sample.verifier(sample.other()).verify(sample.received());

        assertThat(((Denied) decision).cause()).isEqualTo(Cause.NO_MATCH);
    }

    @ParameterizedTest
    @MethodSource("samplesWithAVersion")
    void another_version_of_the_scheme(VendorSample sample) {
        String header = first(sample).signature().from().name();
        String value = sample.received().headers(header).get(0);
        for (String mark : marks(sample)) {
            String later = value.replace(mark, mark.replaceAll("[0-9]", "9") + "9");
            assertThat(later).isNotEqualTo(value);
            assertThat(sample.verifier().verify(sample.received().with(header, later)))
                    .isInstanceOf(Denied.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samplesWithATime")
    void a_time_beyond_the_tolerance(VendorSample sample) throws SecretUnavailableException {
        AuthSettings strict =
                new AuthSettings(
                        sample.preset(),
                        sample.settings().secrets(),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20),
                        VendorSample.PUBLIC_URL);
        Verifier verifier =
                AuthSchemes.verifier(strict, new TestSecrets().put("A", sample.own().verifying()));

        assertThat(verifier.verify(sample.received().at(NOW.plusSeconds(31))))
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_OLD);
        assertThat(verifier.verify(sample.received().at(NOW.minusSeconds(21))))
                .extracting("cause")
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
        assertThat(verifier.verify(sample.received().at(NOW.plusSeconds(30))))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @MethodSource("samplesWithATime")
    void a_time_beyond_the_vendors_own_tolerance(VendorSample sample) {
        SignatureScheme.Timestamp time = first(sample).timestamp();

        assertThat(cause(sample, sample.received().at(NOW.plus(time.past()).plusSeconds(1))))
                .isEqualTo(Cause.TIMESTAMP_TOO_OLD);
        assertThat(cause(sample, sample.received().at(NOW.minus(time.future()).minusSeconds(1))))
                .isEqualTo(Cause.TIMESTAMP_TOO_NEW);
    }

    @ParameterizedTest
    @MethodSource("samplesThatSignValues")
    void a_body_without_a_value_that_is_signed(VendorSample sample) {
        for (String pointer : pointers(sample)) {
            String name = "\"" + pointer.substring(pointer.lastIndexOf('/') + 1) + "\"";
            String body = new String(sample.received().body(), StandardCharsets.UTF_8);
            assertThat(body).contains(name);
            Received without =
                    sample.received()
                            .body(body.replace(name, "\"x\"").getBytes(StandardCharsets.UTF_8));

            assertThat(NOT_THERE).as(pointer).contains(cause(sample, without));
        }
    }

    /** Whoever reads the body downstream must not find there what nobody has signed. */
    @ParameterizedTest
    @MethodSource("samplesThatSignValues")
    void a_body_of_signed_values_that_can_be_read_in_another_way(VendorSample sample) {
        byte[] body = sample.received().body();
        String text = new String(body, StandardCharsets.UTF_8);
        Received blank = sample.received().body((text + "\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(sample.verifier().verify(blank)).isInstanceOf(Verified.class);
        for (byte[] other :
                List.of(
                        (text + text).getBytes(StandardCharsets.UTF_8),
                        (text + ",").getBytes(StandardCharsets.UTF_8),
                        text.getBytes(StandardCharsets.UTF_16),
                        text.getBytes(StandardCharsets.UTF_16LE))) {
            assertThat(cause(sample, sample.received().body(other)))
                    .isEqualTo(Cause.MISSING_CONTENT);
        }
    }

    @ParameterizedTest
    @MethodSource("samplesThatSignTheUrl")
    void another_target_where_the_url_or_the_method_is_signed(VendorSample sample) {
        assertThat(cause(sample, sample.received().path("/in/other"))).isEqualTo(Cause.NO_MATCH);
        assertThat(sample.verifier().verify(sample.received().query("a=b")))
                .isInstanceOf(Denied.class);
        if (signs(sample, "{method}")) {
            assertThat(cause(sample, sample.received().method("PUT"))).isEqualTo(Cause.NO_MATCH);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_request_without_any_credential_before_and_after_its_body(VendorSample sample) {
        Received bare = Received.of(sample.draft(), NOW);

        assertThat(sample.verifier().verify(bare)).isInstanceOf(Denied.class);
        boolean inBody = sample.data().schemes().get(0).signature().from().needsBody();
        boolean bodyDecides =
                sample.data().schemes().stream().anyMatch(s -> s.when() != null && inBody(s));
        assertThat(sample.verifier().precheck(bare.headersOnly()).isPresent())
                .isEqualTo(!inBody && !bodyDecides);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tokens_never_reach_a_record(VendorSample sample) {
        for (SignatureScheme scheme : sample.data().schemes()) {
            FieldSource from = scheme.signature().from();
            if (!scheme.algorithm().signs() && from.kind() == FieldSource.Kind.HEADER) {
                assertThat(sample.verifier().credentialHeaders()).contains(from.name());
            }
            if (!scheme.algorithm().signs() && from.kind() == FieldSource.Kind.QUERY) {
                assertThat(sample.verifier().credentialQueryParameters()).contains(from.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nobody_is_told_a_secret_or_a_signature(VendorSample sample) {
        Verifier other = sample.verifier(sample.other());
        Decision denied = other.verify(sample.received());

        assertThat(List.of(denied, sample.verifier(), sample.signer(), sample.settings()))
                .allSatisfy(
                        told -> {
                            assertThat(told.toString()).doesNotContain(sample.own().verifying());
                            assertThat(told.toString()).doesNotContain(sample.other().signing());
                        });
        for (String header : sample.credentialHeaders()) {
            assertThat(denied.toString()).doesNotContain(sample.received().headers(header).get(0));
        }
    }

    private static SignatureScheme first(VendorSample sample) {
        return sample.data().schemes().get(0);
    }

    private static boolean signs(VendorSample sample, String atom) {
        return first(sample).algorithm().signs() && first(sample).content().contains(atom);
    }

    /** What names the version of a signature. */
    private static List<String> marks(VendorSample sample) {
        List<String> marks = new ArrayList<>(first(sample).signature().take());
        marks.add(first(sample).signature().prefix());
        marks.removeIf(String::isEmpty);
        return marks;
    }

    private static Set<String> pointers(VendorSample sample) {
        Set<String> pointers = new TreeSet<>();
        sample.data().schemes().stream()
                .filter(scheme -> scheme.algorithm().signs())
                .forEach(s -> pointers.addAll(ContentTemplate.compile(s.content()).jsonPointers()));
        return pointers;
    }

    private static boolean inBody(SignatureScheme scheme) {
        return scheme.when().needsBody() && scheme.signature().from().needsBody();
    }

    private static Cause cause(VendorSample sample, Received request) {
        Decision decision = sample.verifier().verify(request);
        assertThat(decision).isInstanceOf(Denied.class);
        return ((Denied) decision).cause();
    }

    /** All that was signed and every signature, as the scheme for the request reads them. */
    private static String evidence(VendorSample sample, Received request) {
        try {
            RequestFields fields = new RequestFields(request);
            for (SignatureScheme scheme : sample.data().schemes()) {
                SchemeReader reader = new SchemeReader(scheme, new Site(VendorSample.PUBLIC_URL));
                if (reader.appliesTo(fields)) {
                    return text(reader.read(fields));
                }
            }
            throw new AssertionError("no scheme for the request");
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(SchemeReader.Evidence evidence) {
        StringBuilder text = new StringBuilder(evidence.signatures().toString());
        evidence.contents().forEach(c -> c.forEach(p -> text.append(HexFormat.of().formatHex(p))));
        return Arrays.toString(text.toString().split("\n", -1));
    }
}
