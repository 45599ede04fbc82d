/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.SignatureScheme.KeyDecoding;
import io.webhookstreams.auth.SignatureScheme.Parse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/** Every algorithm of a key pair with every way to write its public half. */
class KeyPairsTest {

    private static final SecretRef REF = SecretRef.parse("env:A");
    private static final List<byte[]> CONTENT =
            List.of("a".getBytes(StandardCharsets.UTF_8), "bc".getBytes(StandardCharsets.UTF_8));
    private static final List<byte[]> OTHER = List.of("abd".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource({
        "ED25519, HEX",
        "ED25519, BASE64",
        "ED25519, SPKI64",
        "ED25519, PEM",
        "ECDSA_P256_SHA256, SPKI64",
        "ECDSA_P256_SHA256, PEM",
        "RSA_SHA1, SPKI64",
        "RSA_SHA256, PEM"
    })
    void what_the_private_half_signs_the_public_half_verifies(
            Algorithm algorithm, KeyDecoding decoding) throws SecretUnavailableException {
        SignatureScheme scheme = scheme(algorithm, decoding);
        TestKeys keys = TestKeys.pair(algorithm, scheme.key());
        SchemeKey verifying = PublicHalf.forge(REF, secret(keys.verifying()), scheme);
        String signature = SigningKey.forge(REF, secret(keys.signing()), scheme).sign(CONTENT);

        assertThat(verifying.verifies(CONTENT, List.of("AAAA", signature))).isTrue();
        assertThat(verifying.verifies(OTHER, List.of(signature))).isFalse();
        assertThat(verifying.verifies(CONTENT, List.of("", "!", "AAAA", signature + "\n")))
                .isFalse();
    }

    @Test
    void a_certificate_gives_its_key() throws Exception {
        SignatureScheme scheme = scheme(Algorithm.RSA_SHA256, KeyDecoding.CERT);
        SchemeKey verifying =
                PublicHalf.forge(REF, secret(resource("vendor-certificate.pem")), scheme);
        // Made with openssl dgst -sha256 -sign, by a key that nobody kept.
        String signature =
                "MlSJJBZuXdhW5/yQRJAso/ifIIqINP/StHTJL8ADJSHjVDUQDPUi5MtBwF9jZCvpJeTiofNsAq2z"
                        + "SA2aLqngmt7m4eiCd9O0/odl2PZIqvI6uxQngQX7cmd/awSX3ydPJZxJTSX4ydd0ZL0Ifdj2+fR/"
                        + "XGWG7nVZN0P91Pm7Gj5/RtN3p4bUVJmChfT62C7EdilU+7rjXCo/4jh0iNqW+VSP96bymVWtj3JG"
                        + "Qp7ZnO1KvcfZ1d590OkOLiSB0s4IdpM7YuGhKf2AdwSAK2/ePTL3n8TRLm44nNN6e6l+4TBY+boO"
                        + "kq4CFqaPGewoMvYrHFQIOH/pp/MN4gGdxpOj/g==";

        assertThat(verifying.verifies(CONTENT, List.of(signature))).isTrue();
        assertThat(verifying.verifies(OTHER, List.of(signature))).isFalse();
    }

    @Test
    void a_key_of_another_kind_curve_or_size_is_refused() throws GeneralSecurityException {
        assertRefused(Algorithm.ECDSA_P256_SHA256, ec("secp384r1"), "another key");
        assertRefused(Algorithm.RSA_SHA256, rsa(1024), "another key");
        assertRefused(Algorithm.RSA_SHA256, ec("secp256r1"), "no key (expected: a public key");
        assertRefused(Algorithm.ED25519, rsa(2048), "no key (expected: a public key");
    }

    @Test
    void a_key_of_edwards_other_curve_is_refused_by_name() throws GeneralSecurityException {
        PublicKey other = KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic();

        assertThat(other.getAlgorithm()).isEqualTo("EdDSA");
        assertThatThrownBy(() -> KeyStrength.require(REF, other, Algorithm.ED25519))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageContaining("another key (expected: one of Ed25519)");
    }

    @ParameterizedTest
    @CsvSource({
        "HEX, 00ff, 2 bytes of key (expected: 32)",
        "HEX, zz, 2 characters (expected: HEX)",
        "SPKI64, AAAA, no key",
        "PEM, AAAA, 4 bytes (expected: PEM with a block PUBLIC KEY)",
        "CERT, AAAA, no key"
    })
    void what_is_no_public_key_is_refused(KeyDecoding decoding, String text, String message) {
        assertThatThrownBy(
                        () ->
                                PublicHalf.forge(
                                        REF, secret(text), scheme(Algorithm.ED25519, decoding)))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageContaining(message)
                .hasNoCause();
    }

    @Test
    void a_public_key_signs_nothing_and_a_private_one_is_no_receivers_secret() {
        SignatureScheme scheme = scheme(Algorithm.ED25519, KeyDecoding.PEM);
        TestKeys keys = TestKeys.pair(Algorithm.ED25519, scheme.key());

        assertThatThrownBy(() -> SigningKey.forge(REF, secret(keys.verifying()), scheme))
                .hasMessageContaining("expected: PEM with a block PRIVATE KEY");
        assertThatThrownBy(() -> PublicHalf.forge(REF, secret(keys.signing()), scheme))
                .hasMessageContaining("expected: PEM with a block PUBLIC KEY");
    }

    @Test
    void more_signatures_than_are_worth_checking_are_refused() {
        SignatureScheme scheme =
                Presets.named("standard-webhooks-ed25519").orElseThrow().schemes().get(0);
        TestKeys keys = TestKeys.of(scheme, 1);
        String many = ("v1a," + "A".repeat(86) + "== ").repeat(5).strip();
        Received request =
                Received.of(Outgoing.post("/", new byte[0]), NOW)
                        .with("webhook-id", "1")
                        .with("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
                        .with("webhook-signature", many);

        assertThat(
                        TestSecrets.verifier("standard-webhooks-ed25519", keys.verifying())
                                .verify(request))
                .extracting("cause")
                .isEqualTo(Denied.Cause.MALFORMED_CREDENTIAL);
    }

    private static void assertRefused(Algorithm algorithm, PublicKey key, String message) {
        String text = Base64.getEncoder().encodeToString(key.getEncoded());
        assertThatThrownBy(
                        () ->
                                PublicHalf.forge(
                                        REF, secret(text), scheme(algorithm, KeyDecoding.SPKI64)))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageContaining(message);
    }

    private static SignatureScheme scheme(Algorithm algorithm, KeyDecoding decoding) {
        SignatureScheme.Signature signature =
                new SignatureScheme.Signature(
                        FieldSource.parse("header:x-signature"),
                        Parse.PLAIN,
                        null,
                        null,
                        null,
                        null,
                        Encoding.BASE64);
        SignatureScheme.Key key = new SignatureScheme.Key(decoding, null);
        return new SignatureScheme(null, algorithm, key, signature, null, "{body}", null, null);
    }

    private static Secret secret(String text) {
        return Secret.of("A", text.getBytes(StandardCharsets.UTF_8));
    }

    private static PublicKey ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPublic();
    }

    private static PublicKey rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair().getPublic();
    }

    private String resource(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
