/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What every preset takes, from a signer that follows the same record. */
class PresetAcceptsTest {

    /** Bodies that somebody who parses, decodes or trims would change. */
    private static final List<byte[]> SACRED =
            List.of(
                    "{\"a\":1}\r\n".getBytes(StandardCharsets.UTF_8),
                    "{\"a\":\"\\u00e9\\/\"}".getBytes(StandardCharsets.UTF_8),
                    " {\"a\" : 1.0e0} ".getBytes(StandardCharsets.UTF_8),
                    "payload=%7B%22a%22%3A+1%7D".getBytes(StandardCharsets.UTF_8),
                    HexFormat.of().parseHex("efbbbf7b22c328ff00220d0a"),
                    new byte[0]);

    static Stream<VendorSample> samples() {
        return VendorSample.all();
    }

    static Stream<VendorSample> samplesWithATime() {
        return VendorSample.allWithATime();
    }

    /** Those that sign the bytes of the body, and carry nothing inside. */
    static Stream<VendorSample> samplesThatSignTheBody() {
        return samples()
                .filter(sample -> sample.data().schemes().size() == 1)
                .filter(sample -> signsBytesOnly(sample.data().schemes().get(0)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_was_signed_as_the_vendor_signs_is_verified(VendorSample sample) {
        Received request = sample.received();

        assertThat(sample.verifier().precheck(request.headersOnly())).isEmpty();
        assertThat(sample.verifier().verify(request)).isEqualTo(new Verified(sample.preset(), "A"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void header_names_have_no_case_and_unknown_headers_no_meaning(VendorSample sample) {
        Received request = sample.received().with("X-Unknown", "\u00e9");
        for (String header : sample.credentialHeaders()) {
            String value = request.headers(header).get(0);
            request = request.without(header).with(header.toUpperCase(Locale.ROOT), value);
        }

        assertThat(sample.verifier().verify(request)).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @MethodSource("samplesThatSignTheBody")
    void the_bytes_of_a_body_are_sacred(VendorSample sample) {
        for (byte[] body : SACRED) {
            if (signsUrl(sample) && body.length > 0 && body[0] == 'p') {
                continue; // Might be the URL's end; those who sign so send JSON.
            }
            byte[] sent = signsObjectsOnly(sample) ? inBrace(body) : body;
            assertThat(sample.verifier().verify(sample.body(sent).received()))
                    .as(HexFormat.of().formatHex(sent))
                    .isInstanceOf(Verified.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samplesWithATime")
    void a_time_at_the_bounds_is_in(VendorSample sample) {
        SignatureScheme.Timestamp time = sample.data().schemes().get(0).timestamp();

        assertThat(sample.verifier().verify(sample.received().at(NOW.plus(time.past()))))
                .isInstanceOf(Verified.class);
        assertThat(sample.verifier().verify(sample.received().at(NOW.minus(time.future()))))
                .isInstanceOf(Verified.class);
    }

    private static boolean signsObjectsOnly(VendorSample sample) {
        SignatureScheme.When when = sample.data().schemes().get(0).when();
        return when != null && when.body() == SignatureScheme.BodyShape.OBJECT;
    }

    private static byte[] inBrace(byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) '{').put(rest).array();
    }

    private static boolean signsUrl(VendorSample sample) {
        return sample.data().schemes().get(0).content().contains("{url}{body}");
    }

    private static boolean signsBytesOnly(SignatureScheme scheme) {
        boolean timeInBody = scheme.timestamp() != null && scheme.timestamp().from().needsBody();
        return scheme.algorithm().signs()
                && scheme.content().contains("{body}")
                && !scheme.signature().from().needsBody()
                && !timeInBody;
    }
}
