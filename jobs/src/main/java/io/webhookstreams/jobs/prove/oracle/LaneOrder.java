/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import io.webhookstreams.jobs.prove.vendor.Journal.Span;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the order of each lane at the source by what senders know: where one event was answered
 * before another was first sent, it has the lower sequence; and no sequence of a lane is given to
 * two events.
 */
final class LaneOrder {

    private final Map<Integer, TreeMap<Long, String>> lanes = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    void add(Emitted record) {
        String other =
                lanes.computeIfAbsent(record.lane(), lane -> new TreeMap<>())
                        .putIfAbsent(record.sequence(), record.eventId());
        if (other != null && !other.equals(record.eventId())) {
            problems.add(
                    "%s and %s have sequence %d of lane %d"
                            .formatted(other, record.eventId(), record.sequence(), record.lane()));
        }
    }

    List<String> problems(Map<String, Span> spans) {
        List<String> all = new ArrayList<>(problems);
        lanes.forEach((lane, records) -> all.addAll(overtaken(lane, records, spans)));
        return all;
    }

    /** An event of a lower sequence that was sent only after one of a higher was answered. */
    private static List<String> overtaken(
            int lane, Map<Long, String> records, Map<String, Span> spans) {
        List<String> found = new ArrayList<>();
        String latest = null;
        for (String id : records.values()) {
            Span span = spans.get(id);
            if (span == null) {
                continue;
            }
            if (latest != null && spans.get(latest).start() > span.end()) {
                found.add(
                        "%s was answered before %s was sent, and is behind it in lane %d"
                                .formatted(id, latest, lane));
            }
            if (latest == null || spans.get(latest).start() < span.start()) {
                latest = id;
            }
        }
        return found;
    }
}
