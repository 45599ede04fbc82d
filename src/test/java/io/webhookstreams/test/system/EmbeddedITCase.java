/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.test.network.CuttingProxy;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.SplittableRandom;

/** {@code webhooks run}: killed, cut off from its vendors, stopped and started again. */
class EmbeddedITCase {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Chaos chaos = new Chaos();

    @Test
    void nothing_answered_is_lost_or_doubled_when_the_embedded_run_is_killed() throws Exception {
        WebhooksConfig config = config("kills");
        Health health = new Health(config.health());

        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(50);
            chaos.run(
                    Duration.ofSeconds(3),
                    random -> {
                        run.killAndRestart();
                        awaitSomething(random, health);
                    });
            load.awaitAccepted(200);
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
    }

    @Test
    void nothing_answered_is_lost_or_doubled_when_the_embedded_run_is_stopped_and_started()
            throws Exception {
        WebhooksConfig config = config("stop");
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(100);
            run.stop();
            run.startAgain();
            load.awaitAccepted(100);
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
    }

    /** The event is durable, and its vendor does not know: it sends it again. */
    @Test
    void nothing_answered_is_lost_or_doubled_when_connections_are_cut_just_before_the_answer()
            throws Exception {
        WebhooksConfig config = config("cuts");
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                CuttingProxy proxy = CuttingProxy.to(config.ingest().addresses());
                Load load = Load.start(config, proxy.endpoints("/in/events"), chaos.seed())) {
            load.awaitAccepted(50);
            proxy.cutOneIn(3);
            awaitCuts(proxy, 20);
            run.killAndRestart();
            awaitCuts(proxy, 20);
            proxy.cutNone();
            load.awaitAccepted(100);
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
    }

    private static void awaitCuts(CuttingProxy proxy, int more) throws InterruptedException {
        int enough = proxy.cuts() + more;
        Await.until("cuts: " + enough, SOON, () -> proxy.cuts() >= enough);
    }

    /** What the other tests are worth: where no checkpoint is waited for, they would fail. */
    @Test
    void a_kill_loses_events_of_tier_accept_and_the_oracle_tells() throws Exception {
        WebhooksConfig config = config("accept");
        try (EmbeddedRun run = EmbeddedRun.start(Installation.ofThisBuild(), config);
                Load load = Load.startHasty(config, chaos.seed())) {
            load.awaitAccepted(100);
            run.killAndRestart();
            load.awaitAccepted(1);
            load.finish();
            load.awaitFences();

            Verdict verdict = load.verdict();
            assertThat(verdict.lost()).as("%s%n%s", chaos, verdict).isNotEmpty();
            assertThat(verdict.duplicated()).isEmpty();
            assertThat(verdict.invented()).isEmpty();
        }
    }

    /** So that a kill comes while the process starts, while its job takes up its work, or later. */
    private static void awaitSomething(SplittableRandom random, Health health)
            throws InterruptedException {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> health.awaitLive();
            default -> health.awaitReady();
        }
    }

    private static WebhooksConfig config(String test) throws Exception {
        return WebhooksConfig.create(TestDirectory.of(EmbeddedITCase.class, test));
    }
}
