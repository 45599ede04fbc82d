/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.test.support.Await;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An operator in the hands of a test: lets records pass and writes them down, takes its time over
 * each, does not return at all, or fails. Told through {@link Control}, which all tasks of one name
 * share.
 */
final class Valve extends ProcessFunction<WebhookDelivery, WebhookDelivery> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Control> CONTROLS = new ConcurrentHashMap<>();

    private final String name;

    Valve(String name) {
        this.name = name;
    }

    static Control of(String name) {
        return CONTROLS.computeIfAbsent(name, created -> new Control());
    }

    @Override
    public void processElement(
            WebhookDelivery delivery, Context context, Collector<WebhookDelivery> out)
            throws Exception {
        of(name).pass(delivery);
        out.collect(delivery);
    }

    /** What the test decides and sees. Any thread. */
    static final class Control {

        private final List<WebhookDelivery> passed = new CopyOnWriteArrayList<>();
        private final AtomicInteger blocked = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private volatile Duration pause = Duration.ZERO;
        private volatile CountDownLatch open = new CountDownLatch(0);

        /** Every call takes so long, and returns. */
        void takeYourTime(Duration each) {
            pause = each;
        }

        /** No call returns until {@link #open}. */
        void shut() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        /** The next record fails the task. */
        void failOnce() {
            failures.incrementAndGet();
        }

        /** Returns when a record stands before the shut valve, and with it the task's thread. */
        void awaitBlocked() throws InterruptedException {
            Await.until("valve: a record before it", Flink.SOON, () -> blocked.get() > 0);
        }

        /** Returns when these events have passed, among others. */
        void awaitPassed(Collection<String> eventIds) throws InterruptedException {
            Await.until(
                    "valve: passed by " + eventIds.size() + " events",
                    Flink.SOON,
                    () -> passedIds().containsAll(eventIds));
        }

        /** What has passed, in this order; again after a restore. */
        List<WebhookDelivery> passed() {
            return List.copyOf(passed);
        }

        Set<String> passedIds() {
            Set<String> ids = new HashSet<>();
            passed.forEach(delivery -> ids.add(delivery.eventId()));
            return ids;
        }

        /** Begins a new list of what has passed. */
        void forget() {
            passed.clear();
        }

        private void pass(WebhookDelivery delivery) throws InterruptedException {
            blocked.incrementAndGet();
            try {
                open.await();
            } finally {
                blocked.decrementAndGet();
            }
            Await.pause(pause);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("failure: as the test asked for");
            }
            passed.add(delivery);
        }
    }
}
