/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.CheckpointOptions.DEADLINE_CHECK;
import static io.webhookstreams.connector.CheckpointOptions.EXPECTED_CHECKPOINT_DURATION;
import static io.webhookstreams.connector.CheckpointOptions.IDLE_AFTER;
import static io.webhookstreams.connector.CheckpointOptions.ON_DEMAND;

/** Reads {@link CheckpointSettings}. */
final class CheckpointReader {

    static CheckpointSettings read(OptionReader options) {
        return new CheckpointSettings(
                options.positive(
                        EXPECTED_CHECKPOINT_DURATION, EXPECTED_CHECKPOINT_DURATION.defaultValue()),
                options.get(DEADLINE_CHECK),
                options.get(ON_DEMAND),
                options.positive(IDLE_AFTER, IDLE_AFTER.defaultValue()));
    }

    private CheckpointReader() {}
}
