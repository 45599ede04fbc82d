/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.config.ReloadSettings;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What reading the configuration once has come to.
 *
 * @param streams each stream's options; empty where there are problems
 * @param problems everything that is wrong with it
 */
record Reading(Map<String, Map<String, String>> streams, List<String> problems) {

    /** Reads and judges; on a thread that may block. */
    static Reading of(ReloadSettings settings) {
        try {
            return new Reading(settings.read(), List.of());
        } catch (InvalidSettingsException e) {
            return new Reading(Map.of(), e.problems());
        } catch (IOException | RuntimeException e) {
            return new Reading(
                    Map.of(),
                    List.of("configuration: %s (expected: one that can be read)".formatted(e)));
        }
    }

    boolean isGood() {
        return problems.isEmpty();
    }
}
