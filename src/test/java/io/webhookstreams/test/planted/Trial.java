/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

/** One variant of the system that runs, and the load on it. */
record Trial(EmbeddedRun run, PlantedRun load) implements AutoCloseable {

    static Trial start(Installation installation, WebhooksConfig config) {
        return new Trial(EmbeddedRun.start(installation, config), new PlantedRun(config));
    }

    @Override
    public void close() {
        load.close();
        run.close();
    }
}
