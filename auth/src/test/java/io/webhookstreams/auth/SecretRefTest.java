/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRefTest {

    @ParameterizedTest
    @CsvSource({
        "file:/run/secrets/stripe,     stripe,   FILE, /run/secrets/stripe",
        "file:secrets/git hub,         git_hub,  FILE, secrets/git hub",
        "env:STRIPE_KEY,               STRIPE_KEY, ENV, STRIPE_KEY",
        "old=file:/run/a=b,            old,      FILE, /run/a=b",
        "old.2026-01=env:K,            old.2026-01, ENV, K",
        "file:/run/secrets/,           file,     FILE, /run/secrets/"
    })
    void a_reference_has_a_name_of_its_own_or_that_of_its_location(
            String text, String name, SecretRef.Kind kind, String location) {
        SecretRef ref = SecretRef.parse(text);

        assertThat(ref).isEqualTo(new SecretRef(name, kind, location));
        assertThat(SecretRef.parse(ref.toString())).isEqualTo(ref);
    }

    @Test
    void the_printed_form_is_the_whole_reference() {
        assertThat(SecretRef.parse("env:KEY")).hasToString("KEY=env:KEY");
    }
}
