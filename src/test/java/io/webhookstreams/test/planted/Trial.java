/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

/** One variant of the system that runs, and the load on it. */
record Trial(EmbeddedRun run, PlantedRun load) implements AutoCloseable {

    /** Returns when deliveries are accepted. */
    static Trial start(Installation installation, WebhooksConfig config)
            throws InterruptedException {
        Trial trial = new Trial(EmbeddedRun.start(installation, config), new PlantedRun(config));
        try {
            new Health(config.health()).awaitReady();
            return trial;
        } catch (InterruptedException | RuntimeException | Error e) {
            trial.close();
            throw e;
        }
    }

    @Override
    public void close() {
        load.close();
        run.close();
    }
}
