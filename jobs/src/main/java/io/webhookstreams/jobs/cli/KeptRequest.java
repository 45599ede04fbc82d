/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.connector.InvalidSettingsException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what a listener has kept of a refused request. */
final class KeptRequest {

    private KeptRequest() {}

    /**
     * Reads a file.
     *
     * @param option what names it, for messages
     * @throws InvalidSettingsException if it cannot be read, or is none
     */
    static Capture read(String option, Path file) {
        try {
            return Capture.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    List.of(option + ": " + file + " (expected: a file that can be read)"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(
                    List.of(option + ": " + file + ": " + e.getMessage()));
        }
    }
}
