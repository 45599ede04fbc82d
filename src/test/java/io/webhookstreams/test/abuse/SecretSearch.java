/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Searches text files for secrets, and tells where one is without saying it: {@code
 * target/x.log:12: WebhooksConfig.TOKEN}. A file that holds a secret and nothing else is where the
 * secret belongs; one with a zero byte at its start is no text.
 */
final class SecretSearch {

    private static final int START_BYTES = 8_192;

    private final Map<String, String> secrets;

    /**
     * @param secrets the name of each text that must not be found
     */
    SecretSearch(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    /** What was found, and in how many files it was looked for. */
    record Result(int files, List<String> found) {}

    Result below(List<Path> directories) throws IOException {
        int files = 0;
        List<String> found = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                    if (isToBeSearched(file)) {
                        files++;
                        search(file, found);
                    }
                }
            }
        }
        return new Result(files, found);
    }

    private boolean isToBeSearched(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
            return start.indexOf('\0') < 0 && !isSecretFile(start.strip());
        }
    }

    private boolean isSecretFile(String content) {
        return secrets.containsKey(content)
                || secrets.keySet().stream().anyMatch(secret -> content.equals("whsec_" + secret));
    }

    private void search(Path file, List<String> found) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                search(line, file + ":" + number++, found);
            }
        }
    }

    private void search(String line, String place, List<String> found) {
        secrets.forEach(
                (secret, name) -> {
                    if (line.contains(secret)) {
                        found.add(place + ": " + name);
                    }
                });
    }
}
