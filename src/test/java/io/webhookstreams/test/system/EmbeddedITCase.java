/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** {@code webhooks run}, killed and started again. */
class EmbeddedITCase {

    private final Chaos chaos = new Chaos();

    @Test
    void nothing_answered_is_lost_or_doubled_when_the_embedded_run_is_killed() throws Exception {
        WebhooksConfig config =
                WebhooksConfig.create(TestDirectory.of(EmbeddedITCase.class, "kills"));
        Health health = new Health(config.health());

        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(50);
            chaos.run(
                    Duration.ofSeconds(3),
                    random -> {
                        run.killAndRestart();
                        // One kill in four comes while the job is still being restored.
                        if (random.nextInt(4) > 0) {
                            health.awaitReady();
                        }
                    });
            load.awaitAccepted(200);
            load.finish();
            load.awaitFences();

            load.judge(chaos);
            run.stop();
        }
    }
}
