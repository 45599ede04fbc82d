/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.jobs.prove.admin.LevelsCheck;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.util.List;

/**
 * One variant of the system that runs, and the load on it.
 *
 * @param levels as they were before the load
 */
record Trial(EmbeddedRun run, PlantedRun load, LevelsCheck levels) implements AutoCloseable {

    /** Returns when deliveries are accepted. */
    static Trial start(Installation installation, WebhooksConfig config)
            throws IOException, InterruptedException {
        EmbeddedRun run = EmbeddedRun.start(installation, config);
        try {
            new Health(config.health()).awaitReady();
            Admin admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
            return new Trial(run, new PlantedRun(config), admin.levelsCheck());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            run.close();
            throw e;
        }
    }

    /** The levels that are above those before the load. */
    List<String> levelProblems() throws InterruptedException {
        return levels.problems();
    }

    @Override
    public void close() {
        load.close();
        run.close();
    }
}
