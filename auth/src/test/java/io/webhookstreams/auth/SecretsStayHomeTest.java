/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** No secret in a serialized form, a message, a name or a printed object. */
class SecretsStayHomeTest {

    private static final String SECRET = "c2VjcmV0LXRoYXQtbXVzdC1zdGF5LWhvbWU=";

    @TempDir Path folder;

    @Test
    void serialized_settings_hold_the_reference_and_not_the_secret() throws Exception {
        Files.writeString(folder.resolve("key"), SECRET);
        AuthSettings settings =
                new AuthSettings(
                        "stripe",
                        List.of(SecretRef.parse("live=file:key")),
                        Duration.ofMinutes(1),
                        null,
                        "https://hooks.example.com");
        // Opening a verifier must not leave anything in the settings either.
        AuthSchemes.verifier(settings, LocalSecrets.below(folder));

        byte[] bytes = serialized(settings);

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("live")
                .doesNotContain(SECRET);
        assertThat(deserialized(bytes)).isEqualTo(settings);
    }

    @Test
    void a_secret_is_printed_as_stars_and_is_not_serializable() throws Exception {
        Files.writeString(folder.resolve("key"), SECRET);
        Secret secret = LocalSecrets.below(folder).resolve(SecretRef.parse("file:key"));

        assertThat(secret).hasToString("***").isNotInstanceOf(Serializable.class);
        assertThat(secret).isNotEqualTo(Secret.of("key", SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "whsec_" + SECRET,
                "env:whsec_c2VjcmV0LXRoYXQtbXVzdC1zdGF5LWhvbWU",
                "env:" + SECRET,
                "live=" + SECRET,
                SECRET + "=file:/run/key",
                "file",
                "File:" + SECRET
            })
    void a_literal_is_refused_and_not_echoed(String literal) {
        assertThatThrownBy(() -> SecretRef.parse(literal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("characters")
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContain("c2Vj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe", "github", "standard-webhooks", "bearer"})
    void nothing_that_is_opened_prints_or_tells_its_secret(String type) throws Exception {
        Files.writeString(folder.resolve("key"), SECRET);
        AuthSettings settings = AuthSettings.of(type, SecretRef.parse("file:key"));
        Verifier verifier = AuthSchemes.verifier(settings, LocalSecrets.below(folder));
        Signer signer = AuthSchemes.signer(settings, LocalSecrets.below(folder));
        AuthRequest tampered =
                aRequest().signedWith(signer).at(NOW).tampered(body -> new byte[] {1}).arrived();

        assertThat(List.of(settings, verifier, signer, verifier.verify(tampered)))
                .allSatisfy(it -> assertThat(it.toString()).doesNotContain(SECRET));
    }

    @Test
    void no_denial_repeats_what_the_sender_wrote() {
        String hostile = "t=9\u0001\n<script>,v1=" + "f".repeat(64);
        Verifier verifier = TestSecrets.verifier("stripe", SECRET);

        assertThat(verifier.verify(aRequest().header("Stripe-Signature", hostile).arrived()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.detail()).doesNotContain("script", "ffff"));
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
