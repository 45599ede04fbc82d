/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets that the tests of all modules use: their string constants whose name says TOKEN,
 * SECRET or KEY. What is shorter than {@link #SHORTEST} would be found by chance.
 */
final class SecretsOfTests {

    private static final int SHORTEST = 12;

    private static final List<String> SOURCES =
            List.of(
                    "auth/src/test",
                    "checkpoint/src/test",
                    "connector/src/test",
                    "jobs/src/test",
                    "src/test/java",
                    "src/bench/test");

    private static final Pattern CONSTANT =
            Pattern.compile(
                    "static final String (\\w*(?:TOKEN|SECRET|KEY)\\w*) =\\s*\"([^\"\\\\]+)\";");

    private SecretsOfTests() {}

    /** Each text that must not be found, with the name of its constant and the form it is in. */
    static Map<String, String> below(Path repository) throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        for (Path directory : testSources(repository)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    read(file, secrets);
                }
            }
        }
        return secrets;
    }

    private static List<Path> testSources(Path repository) {
        return SOURCES.stream().map(repository::resolve).filter(Files::isDirectory).toList();
    }

    private static void read(Path file, Map<String, String> secrets) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        for (Matcher found = CONSTANT.matcher(Files.readString(file)); found.find(); ) {
            if (found.group(2).length() >= SHORTEST) {
                addForms(type + "." + found.group(1), found.group(2), secrets);
            }
        }
    }

    /** As it is, and as headers, dumps and libraries write bytes. */
    private static void addForms(String name, String secret, Map<String, String> secrets) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        secrets.put(secret, name);
        secrets.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), name + ", base64");
        secrets.put(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), name + ", base64");
        secrets.put(HexFormat.of().formatHex(bytes), name + ", hex");
        secrets.put(HexFormat.of().withUpperCase().formatHex(bytes), name + ", hex");
    }
}
