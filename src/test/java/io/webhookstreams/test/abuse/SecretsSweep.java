/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Searches what the tests of all modules have written for the secrets that they used: test reports
 * and output, logs of processes, answers, the job's files. Runs by itself after all of them, hence
 * its name, by an execution of its own in this module's pom.
 */
class SecretsSweep {

    /** The root of this build, seen from this module's directory. */
    static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

    private static final List<String> MODULES =
            List.of("auth", "checkpoint", "connector", "jobs", "src/test", "src/bench");

    private static final List<String> WRITTEN =
            List.of("surefire-reports", "answers", "system-tests");

    /**
     * What {@link AbuseITCase} sends is damaged at random: a request that swallows the next one has
     * that one's credential in its body, and a dead letter keeps a body as it is.
     */
    private static final Pattern BODIES_OF_ABUSE =
            Pattern.compile("/AbuseITCase/run/data/output/dead-letters/");

    @Test
    void no_secret_is_in_any_log_or_answer_of_any_test() throws Exception {
        Map<String, String> secrets = SecretsOfTests.below(REPOSITORY);
        assertThat(secrets).as("secrets of tests").containsValue("WebhooksConfig.TOKEN");

        SecretSearch.Result result = new SecretSearch(secrets).below(written());

        assertThat(result.files()).as("files searched").isPositive();
        assertThat(result.found())
                .filteredOn(found -> !BODIES_OF_ABUSE.matcher(found).find())
                .isEmpty();
    }

    private static List<Path> written() {
        return MODULES.stream()
                .flatMap(
                        module ->
                                WRITTEN.stream()
                                        .map(REPOSITORY.resolve(module).resolve("target")::resolve))
                .filter(Files::isDirectory)
                .toList();
    }
}
