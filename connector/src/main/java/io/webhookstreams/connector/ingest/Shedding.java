/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.config.ShedSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.Intake.Offer;

import java.nio.charset.StandardCharsets;

/**
 * What a stream with {@code policy: shed} does above its high water: of the deliveries that come it
 * keeps a sample, and loses the rest within its budget. Any thread; never blocks.
 */
final class Shedding {

    private Shedding() {}

    /**
     * Offers the delivery to its reader, or sheds it. {@code FULL}: there is no room for it, or it
     * was to be shed and the budget is spent.
     */
    static Offer offer(
            StreamSettings stream, Readers.Slot slot, WebhookDelivery draft, Receipt receipt) {
        Intake intake = slot.reader().intake();
        ShedSettings settings = stream.policy().shed();
        if (settings != null && intake.isOverHighWater(stream.name())) {
            if (!isKept(draft, settings)) {
                return shed(stream, slot, draft, receipt);
            }
            WebhookDeliveryWire.sampled(draft, settings.keep());
        }
        Offer offer =
                stream.coalescesRetries()
                        ? intake.offerOnce(slot.lane(), draft, stream.tier(), receipt)
                        : intake.offer(slot.lane(), draft, stream.tier(), receipt);
        // The one that finds no room, which is how the stream learns that it is too full.
        return offer == Offer.FULL && settings != null && !isKept(draft, settings)
                ? shed(stream, slot, draft, receipt)
                : offer;
    }

    private static Offer shed(
            StreamSettings stream, Readers.Slot slot, WebhookDelivery draft, Receipt receipt) {
        Intake intake = slot.reader().intake();
        Offer offer = intake.shed(slot.lane(), draft, stream.coalescesRetries(), receipt);
        switch (offer) {
            case ACCEPTED, CONFLICTING -> slot.reader().metrics(stream.name()).shed();
            // A retry is no second event, whatever the first one was.
            case JOINED, DURABLE, FULL, NOT_OPEN -> {}
        }
        return offer;
    }

    private static boolean isKept(WebhookDelivery draft, ShedSettings settings) {
        return Sampling.keeps(draft.stream(), idOf(draft), settings.keep());
    }

    /** The body's digest where a stream knows no ids: its retries are alike in that alone. */
    private static byte[] idOf(WebhookDelivery draft) {
        String id = draft.eventId();
        return id == null ? draft.bodyDigest() : id.getBytes(StandardCharsets.UTF_8);
    }
}
