/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class LocalSecretsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"key,key", "key\\n,key", "key\\r\\n,key", "key\\n\\n,key\\n", "' key ',' key '"})
    void one_line_end_is_not_part_of_a_files_secret(String content, String secret)
            throws Exception {
        write("key", unescaped(content));

        assertThat(text("file:key")).isEqualTo(unescaped(secret));
    }

    @Test
    void a_relative_path_is_resolved_against_the_base_and_an_absolute_one_is_not()
            throws Exception {
        write("key", "relative");

        assertThat(text("file:key")).isEqualTo("relative");
        assertThat(text("file:" + folder.resolve("key"))).isEqualTo("relative");
    }

    @Test
    void a_variable_is_taken_as_it_is() throws Exception {
        assertThat(text("env:HOOK_KEY")).isEqualTo("from-env\n");
    }

    @ParameterizedTest
    @CsvSource({
        "file:absent,no such file",
        "file:empty,0 bytes (expected: at least 1)",
        "file:newline,0 bytes (expected: at least 1)",
        "file:large,file too large (expected: at most 65536 bytes)",
        "file:.,file cannot be read",
        "env:ABSENT,no such variable",
        "env:EMPTY,0 bytes (expected: at least 1)"
    })
    void what_is_no_secret_is_refused_with_its_reference(String ref, String reason)
            throws IOException {
        write("empty", "");
        write("newline", "\n");
        write("large", "x".repeat(65537));

        assertThatThrownBy(() -> text(ref))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("secret " + SecretRef.parse(ref) + ": " + reason);
    }

    private String text(String ref) throws SecretUnavailableException {
        Map<String, String> environment = Map.of("HOOK_KEY", "from-env\n", "EMPTY", "");
        Secret secret = new LocalSecrets(folder, environment::get).resolve(SecretRef.parse(ref));
        return new String(secret.bytes(), StandardCharsets.UTF_8);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }
}
