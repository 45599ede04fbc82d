/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.lane.LaneSplit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Jetty's threads offer while the task's emits, snapshots and completes. */
class ReaderRaceTest {

    private static final int SENDERS = 4;
    private static final int DELIVERIES = 500;

    private final ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0, 1, 2, 3);
    private final Map<String, HeldReply> open = new ConcurrentHashMap<>();
    private final Set<String> emitted = new HashSet<>();

    @RepeatedTest(3)
    @Timeout(60)
    void every_receipt_that_is_settled_has_its_delivery_in_the_snapshot_or_emitted_before()
            throws Exception {
        AtomicInteger running = new AtomicInteger(SENDERS);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sending = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int lane = sender;
                sending.add(senders.submit(() -> send(lane, running)));
            }
            for (long checkpoint = 1; running.get() > 0; checkpoint++) {
                checkpointIsHonest(checkpoint);
            }
            for (Future<?> done : sending) {
                done.get();
            }
            checkpointIsHonest(Long.MAX_VALUE);
        } finally {
            senders.shutdownNow();
        }
        assertThat(open).isEmpty();
        test.drain();
        assertThat(test.output.records).hasSize(SENDERS * DELIVERIES).doesNotHaveDuplicates();
    }

    private void send(int lane, AtomicInteger running) {
        for (int i = 0; i < DELIVERIES; i++) {
            String body = lane + ":" + i;
            HeldReply reply = new HeldReply();
            open.put(body, reply);
            Offer offer = Offer.FULL;
            while (offer == Offer.FULL) {
                offer =
                        test.intake()
                                .offer(
                                        lane,
                                        Deliveries.draft(body),
                                        Tier.CHECKPOINT,
                                        reply.receipt());
            }
            reply.offered(offer);
        }
        running.decrementAndGet();
    }

    /**
     * Emits a little, snapshots, emits more, completes: then every settled delivery is accounted.
     */
    private void checkpointIsHonest(long checkpoint) throws Exception {
        emitted.addAll(test.emitUpTo(50));
        Set<String> safe = new HashSet<>(emitted);
        for (LaneSplit lane : test.reader.snapshotState(checkpoint)) {
            safe.addAll(bodiesOf(lane));
        }
        emitted.addAll(test.emitUpTo(50));
        test.complete(checkpoint);
        Map<String, HeldReply> settled = new HashMap<>(open);
        settled.values().removeIf(reply -> reply.settlements().isEmpty());
        assertThat(safe).containsAll(settled.keySet());
        assertThat(settled.values())
                .allMatch(reply -> reply.settlements().equals(List.of(Settlement.DURABLE)));
        open.keySet().removeAll(settled.keySet());
    }

    private static List<String> bodiesOf(LaneSplit lane) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (byte[] wire : lane.queue()) {
            bodies.add(Deliveries.textOf(WebhookDeliveryWire.read(wire)));
        }
        return bodies;
    }
}
