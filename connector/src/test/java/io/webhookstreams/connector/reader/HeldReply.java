/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.SettlementListener;
import io.webhookstreams.connector.ingest.Intake.Offer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a sender waits for: its receipt, and how often and as what it was settled. */
final class HeldReply implements SettlementListener {

    private final List<Settlement> settlements = new CopyOnWriteArrayList<>();
    private final Receipt receipt = new Receipt(0, this);
    private Offer offer = Offer.NOT_OPEN;

    @Override
    public void settled(Receipt settled, Settlement settlement) {
        settlements.add(settlement);
    }

    HeldReply offered(Offer outcome) {
        offer = outcome;
        return this;
    }

    Offer offer() {
        return offer;
    }

    Receipt receipt() {
        return receipt;
    }

    /** All settlements: one at most, or else there was a second answer. */
    List<Settlement> settlements() {
        return settlements;
    }
}
