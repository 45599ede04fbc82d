/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that writes down every settlement, in order; safe from any thread. */
final class Settlements implements SettlementListener {

    private final Queue<Long> order = new ConcurrentLinkedQueue<>();
    private final Map<Long, List<Settlement>> byId = new ConcurrentHashMap<>();

    Receipt receipt(long id) {
        return new Receipt(id, this);
    }

    @Override
    public void settled(Receipt receipt, Settlement settlement) {
        order.add(receipt.id());
        byId.merge(receipt.id(), List.of(settlement), Settlements::concatenated);
    }

    /** All that was ever said about this receipt: one element unless something is broken. */
    List<Settlement> of(long id) {
        return byId.getOrDefault(id, List.of());
    }

    List<Long> order() {
        return List.copyOf(order);
    }

    private static List<Settlement> concatenated(List<Settlement> one, List<Settlement> other) {
        List<Settlement> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
