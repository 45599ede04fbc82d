/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.ingest.Intake.Offer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A vendor that posts an event at every step of the reader's clock, waits as long as it waits, and
 * sends again what it got no yes for. Its journal is what it knows: each attempt and its answer.
 */
final class SimulatedVendor {

    /** What came of an attempt. */
    enum Outcome {
        OPEN,
        ACCEPTED,
        REFUSED,
        /** The vendor had waited for long enough. */
        CUT
    }

    /** One request. */
    static final class Attempt {
        private final int event;
        private final int number;
        private final long sentNanos;
        private Duration took;
        private Outcome outcome = Outcome.OPEN;

        Attempt(int event, int number, long sentNanos) {
            this.event = event;
            this.number = number;
            this.sentNanos = sentNanos;
        }

        int event() {
            return event;
        }

        boolean isFirst() {
            return number == 1;
        }

        Duration took() {
            return took;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    private record Retry(int event, int number, long dueNanos) {}

    private final ReaderUnderTest test;
    private final Deadlines deadlines;
    private final VendorRules rules;
    private final Duration answerDeadline;
    private final Duration putOff;
    private final boolean bodiesChange;
    private final List<Attempt> journal = new ArrayList<>();
    private final List<Attempt> open = new ArrayList<>();
    private final Deque<Attempt> unread = new ArrayDeque<>();
    private final PriorityQueue<Retry> retries =
            new PriorityQueue<>(Comparator.comparingLong(Retry::dueNanos));

    private int events;

    /**
     * @param answerDeadline after which the endpoint refuses what is not durable
     * @param putOff for how long the endpoint puts off reading an event's first attempt
     * @param bodiesChange whether a retry has another body than the attempt before
     */
    SimulatedVendor(
            ReaderUnderTest test,
            Deadlines deadlines,
            VendorRules rules,
            Duration answerDeadline,
            Duration putOff,
            boolean bodiesChange) {
        this.test = test;
        this.deadlines = deadlines;
        this.rules = rules;
        this.answerDeadline = answerDeadline;
        this.putOff = putOff;
        this.bodiesChange = bodiesChange;
    }

    /** Sends a new event. */
    void post() {
        send(events++, 1);
    }

    /** Gives up what has waited for long enough, and sends again what is due. */
    void step() {
        while (!unread.isEmpty() && waited(unread.peek()).compareTo(putOff) >= 0) {
            offer(unread.remove());
        }
        List.copyOf(open).stream()
                .filter(attempt -> waited(attempt).compareTo(rules.deadline()) >= 0)
                .forEach(attempt -> ended(attempt, Outcome.CUT));
        while (!retries.isEmpty() && retries.peek().dueNanos() <= test.nanos()) {
            Retry retry = retries.remove();
            send(retry.event(), retry.number());
        }
    }

    /** Whether nothing is open, and nothing will be sent again. */
    boolean isDone() {
        return open.isEmpty() && retries.isEmpty();
    }

    /** Every attempt, in the order in which they were sent. */
    List<Attempt> journal() {
        return journal;
    }

    private void send(int event, int number) {
        Attempt attempt = new Attempt(event, number, test.nanos());
        journal.add(attempt);
        open.add(attempt);
        if (putOff.isZero() || number > 1) {
            offer(attempt);
        } else {
            unread.add(attempt);
        }
    }

    private void offer(Attempt attempt) {
        Receipt receipt =
                new Receipt(attempt.event, (settled, settlement) -> answered(attempt, settlement));
        Offer offer = test.intake().offerOnce(0, draft(attempt), Tier.CHECKPOINT, receipt);
        if (offer == Offer.DURABLE) {
            answered(attempt, Settlement.DURABLE);
            return;
        }
        assertThat(offer).isIn(Offer.ACCEPTED, Offer.CONFLICTING, Offer.JOINED);
        deadlines.schedule(receipt, attempt.sentNanos + answerDeadline.toNanos());
    }

    private WebhookDelivery draft(Attempt attempt) {
        String body = "event " + attempt.event;
        return Deliveries.draftOf(
                "evt_" + attempt.event, bodiesChange ? body + " attempt " + attempt.number : body);
    }

    private void answered(Attempt attempt, Settlement settlement) {
        // An answer to whom has left is none.
        if (attempt.outcome == Outcome.OPEN) {
            ended(attempt, settlement == Settlement.DURABLE ? Outcome.ACCEPTED : Outcome.REFUSED);
        }
    }

    private void ended(Attempt attempt, Outcome outcome) {
        open.remove(attempt);
        attempt.outcome = outcome;
        attempt.took = waited(attempt);
        if (outcome != Outcome.ACCEPTED) {
            Optional<Duration> pause = rules.pauseBefore(attempt.number);
            pause.ifPresent(
                    time ->
                            retries.add(
                                    new Retry(
                                            attempt.event,
                                            attempt.number + 1,
                                            test.nanos() + time.toNanos())));
        }
    }

    private Duration waited(Attempt attempt) {
        return Duration.ofNanos(test.nanos() - attempt.sentNanos);
    }
}
