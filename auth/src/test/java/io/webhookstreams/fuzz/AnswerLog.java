/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the answers that tests have got in {@code target/answers}, where the search for secrets at
 * the end of the build reads them. Any thread.
 */
public final class AnswerLog {

    private static final Path FILE = Path.of("target", "answers", "answers.log");

    private AnswerLog() {}

    /**
     * Adds an answer to those of this module's tests, with the path that was asked. The query is
     * the sender's own words, in which a secret may stand.
     */
    public static void keep(HttpResponse<String> answer) {
        String asked = answer.request().method() + " " + answer.uri().getPath();
        keep(
                asked
                        + " "
                        + answer.statusCode()
                        + " "
                        + answer.headers().map()
                        + " "
                        + answer.body());
    }

    /** Adds an answer, headers and body, to those of this module's tests. */
    public static synchronized void keep(String answer) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    answer + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
