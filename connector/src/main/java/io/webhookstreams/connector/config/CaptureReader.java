/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.CaptureOptions.DIRECTORY;
import static io.webhookstreams.connector.CaptureOptions.MAX_FILES;
import static io.webhookstreams.connector.CaptureOptions.MAX_SIZE;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads what a stream's options say of requests that were refused. */
final class CaptureReader {

    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 30;

    private CaptureReader() {}

    /**
     * Reads and judges.
     *
     * @param prefix put before each key in messages: {@code streams.orders.}
     * @param auth of the stream
     * @param problems where problems are added
     */
    static CaptureSettings read(
            String prefix, AuthSettings auth, Configuration stream, List<String> problems) {
        OptionReader options = new OptionReader(prefix, stream, problems);
        String directory = options.get(DIRECTORY);
        if (directory == null) {
            for (ConfigOption<?> other : List.of(MAX_FILES, MAX_SIZE)) {
                if (stream.contains(other)) {
                    options.problem(other.key(), "set", "expected: only with " + DIRECTORY.key());
                }
            }
        } else if (!isAbsolute(directory)) {
            options.problem(DIRECTORY.key(), directory, "expected: an absolute path");
        } else if (!AuthSchemes.isWorthKeeping(auth)) {
            options.problem(
                    DIRECTORY.key(),
                    directory,
                    "expected: only where requests are signed and show no token in their body;"
                            + " a token is never kept, so that nothing could be verified again");
        }
        return new CaptureSettings(
                directory,
                options.number(MAX_FILES, 1, MOST_FILES),
                options.bytes(MAX_SIZE, 1, MOST_BYTES));
    }

    private static boolean isAbsolute(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
