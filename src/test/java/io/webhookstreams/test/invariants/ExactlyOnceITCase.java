/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What comes out of the job, while it fails, stops and changes its parallelism. */
class ExactlyOnceITCase {

    private static final Duration INTERVAL = Duration.ofMillis(150);
    private static final int IN_FLIGHT = 12;

    @RegisterExtension static final Flink FLINK = new Flink();

    private final Journal journal = new Journal();

    @Test
    void nothing_lost() throws Exception {
        try (TestJob job = plan("nothing_lost").withPipeline().checkpointEvery(INTERVAL).start();
                Vendor vendor = vendor(job)) {
            awaitAccepted(30);
            job.sourceValve().failOnce();
            awaitAccepted(30);
            job.sinkValve().failOnce();
            awaitAccepted(30);
            failWhileACheckpointIsUnderWay(job);
            awaitAccepted(30);
            vendor.finish(Flink.SOON);

            awaitInFiles(job, journal.accepted());
            journal.write(job.directory().resolve("journal"));
            assertThat(job.restarts()).isGreaterThanOrEqualTo(3);
            assertPromiseKept(job.files("events"));
        }
    }

    /** The barrier has passed the source and waits before the stuck operator, which then fails. */
    private static void failWhileACheckpointIsUnderWay(TestJob job) throws InterruptedException {
        job.sinkValve().shut();
        job.sinkValve().awaitBlocked();
        job.sinkValve().failOnce();
        job.sinkValve().open();
    }

    @Test
    void nothing_twice() throws Exception {
        try (TestJob job = plan("nothing_twice").withPipeline().start()) {
            // Its sender goes away while it is held, and sends it again.
            try (RawClient gone = new RawClient(job.port())) {
                gone.send(job.rawPost("evt-1"));
                job.sinkValve().awaitPassed(Set.of("evt-1"));
                gone.abort();
            }
            job.postUntilAccepted("evt-1");

            // It is in a completed checkpoint when the job fails, and is sent again afterwards.
            job.sinkValve().failOnce();
            job.post("evt-2").get();
            job.awaitRestarts(1);
            job.awaitReady();
            job.postUntilAccepted("evt-2");
            job.postUntilAccepted("evt-1");
            job.postUntilAccepted("evt-3");

            Await.until(
                    "files: three events",
                    Flink.SOON,
                    () -> {
                        CompletableFuture<Long> unused = job.triggerCheckpoint();
                        return ids(job).containsAll(List.of("evt-1", "evt-2", "evt-3"));
                    });
            assertThat(ids(job)).containsExactlyInAnyOrder("evt-1", "evt-2", "evt-3");
        }
    }

    @Test
    void order() throws Exception {
        Plan plan = plan("order").parallelism(2).withPipeline().checkpointEvery(INTERVAL);
        Map<Integer, Long> last = new HashMap<>();
        TestJob job = plan.start();
        try (Vendor vendor = vendor(job)) {
            awaitAccepted(60);
            for (int parallelism : List.of(3, 1)) {
                String savepoint = job.stopWithSavepoint();
                assertFollowsOn(job.sourceValve().passed(), last);
                job.sourceValve().forget();
                job = plan.parallelism(parallelism).startFrom(savepoint);
                awaitAccepted(60);
            }
            vendor.finish(Flink.SOON);
            awaitInFiles(job, journal.accepted());

            assertFollowsOn(job.sourceValve().passed(), last);
            // A rebalance spreads each lane over several tasks: what is promised is the order at
            // the source.
            Verdict verdict = Oracle.judge(journal, job.files("events").events());
            assertThat(verdict.lost()).isEmpty();
            assertThat(verdict.duplicated()).isEmpty();
        } finally {
            job.close();
        }
    }

    /** Each lane goes on where it stopped: no gap, nothing twice, nothing overtaken. */
    private static void assertFollowsOn(List<WebhookDelivery> emitted, Map<Integer, Long> last) {
        assertThat(emitted).isNotEmpty();
        for (WebhookDelivery delivery : emitted) {
            Long before = last.put(delivery.lane(), delivery.sequence());
            if (before != null) {
                assertThat(delivery.sequence())
                        .as("sequence of lane %d after %d", delivery.lane(), before)
                        .isEqualTo(before + 1);
            }
        }
    }

    private void assertPromiseKept(SinkFiles files) throws IOException {
        Verdict verdict = Oracle.judge(journal, files.events());
        assertThat(verdict.isClean()).as("%s%n%s", journal.summary(), verdict).isTrue();
    }

    private static void awaitInFiles(TestJob job, Set<String> accepted)
            throws InterruptedException {
        Await.until(
                "files: " + accepted.size() + " events",
                Flink.SOON,
                () -> Set.copyOf(ids(job)).containsAll(accepted));
    }

    private static List<String> ids(TestJob job) throws IOException {
        return job.files("events").events().stream()
                .map(Emitted::eventId)
                .collect(Collectors.toList());
    }

    private void awaitAccepted(int more) throws InterruptedException {
        int enough = journal.accepted().size() + more;
        Await.until("accepted: " + enough, Flink.SOON, () -> journal.accepted().size() >= enough);
    }

    private Vendor vendor(TestJob job) {
        FreePorts.Range port = new FreePorts.Range(job.port(), job.port());
        Vendor.Profile profile =
                new Vendor.Profile(
                        "vendor",
                        HttpClient.Version.HTTP_1_1,
                        IN_FLIGHT,
                        Duration.ofSeconds(20),
                        10,
                        Plan.TOKEN);
        return Vendor.start(profile, new Endpoints(port.urls("/in/orders")), journal, 42);
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, ExactlyOnceITCase.class, name);
    }
}
