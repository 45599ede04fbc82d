/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The search finds what is planted, and does not say it. */
class SecretSearchTest {

    private static final byte[] BYTES = WebhooksConfig.TOKEN.getBytes(StandardCharsets.UTF_8);

    @TempDir private Path directory;
    private SecretSearch search;

    @BeforeEach
    void knows_the_secrets_of_all_tests() throws Exception {
        Map<String, String> secrets = SecretsOfTests.below(SecretsSweep.REPOSITORY);
        assertThat(secrets).containsKeys(WebhooksConfig.TOKEN, WebhooksConfig.ADMIN_TOKEN);
        assertThat(secrets.values())
                .contains("Plan.TOKEN", "TestServer.TOKEN", "EmbeddedFlinkITCase.TOKEN");
        search = new SecretSearch(secrets);
    }

    @Test
    void a_planted_secret_is_found_by_file_and_line_and_is_not_said() throws Exception {
        Path log = write("a.log", "one\ntwo\nAuthorization: Bearer " + WebhooksConfig.TOKEN + "\n");

        List<String> found = found();

        assertThat(found).containsExactly(log + ":3: WebhooksConfig.TOKEN");
        assertThat(found.toString().contains(WebhooksConfig.TOKEN)).isFalse();
    }

    @Test
    void base64_and_hex_of_a_secret_are_found() throws Exception {
        write("b.log", "x" + Base64.getEncoder().encodeToString(BYTES));
        write("c.log", "key=" + HexFormat.of().formatHex(BYTES));

        assertThat(found())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).endsWith("WebhooksConfig.TOKEN, base64"))
                .anySatisfy(line -> assertThat(line).endsWith("WebhooksConfig.TOKEN, hex"));
    }

    @Test
    void a_secret_in_its_own_file_is_where_it_belongs() throws Exception {
        write("token", WebhooksConfig.TOKEN + "\n");
        write("signing-key", "whsec_" + WebhooksConfig.TOKEN);

        assertThat(found()).isEmpty();
    }

    private List<String> found() throws Exception {
        return search.below(List.of(directory)).found();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }
}
