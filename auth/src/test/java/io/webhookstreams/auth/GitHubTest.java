/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** GitHub's scheme, checked against the vector of its documentation. */
class GitHubTest {

    // docs.github.com, "Validating webhook deliveries", "Testing the webhook payload validation".
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String PAYLOAD = "Hello, World!";
    private static final String SIGNATURE =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final Verifier verifier = TestSecrets.verifier("github", SECRET);

    @Test
    void the_published_vector_verifies() {
        AuthRequest request =
                aRequest().body(PAYLOAD).header("X-Hub-Signature-256", SIGNATURE).arrived();

        assertThat(verifier.precheck(request)).isEmpty();
        assertThat(verifier.verify(request)).isEqualTo(new Verified("github", "A"));
    }

    @Test
    void our_signer_makes_the_published_vector() {
        assertThat(
                        TestSecrets.signer("github", SECRET)
                                .sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), NOW, "72d3162e"))
                .containsEntry("x-hub-signature-256", SIGNATURE)
                .containsEntry("x-github-delivery", "72d3162e");
    }

    @Test
    void the_legacy_sha1_header_alone_is_not_a_credential() {
        AuthRequest request =
                aRequest().body(PAYLOAD).header("X-Hub-Signature", "sha1=00").arrived();

        assertThat(verifier.verify(request))
                .isEqualTo(
                        new Denied(
                                Cause.MISSING_CREDENTIAL,
                                "x-hub-signature-256: absent (expected: 1)"));
    }

    @Test
    void a_prefix_of_another_algorithm_is_malformed() {
        AuthRequest request =
                aRequest()
                        .body(PAYLOAD)
                        .header("X-Hub-Signature-256", SIGNATURE.replace("sha256=", "sha512="))
                        .arrived();

        assertThat(verifier.verify(request))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.MALFORMED_CREDENTIAL));
    }
}
