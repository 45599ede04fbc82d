/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.ValueLocation;

import java.util.ArrayList;
import java.util.List;

/** Tells what a stream reads from places that its sender's signature does not cover. */
public final class UnsignedPlaces {

    private static final ValueLocation BODY_DIGEST = ValueLocation.parse("body-digest");

    private UnsignedPlaces() {}

    /** One line for each such place of any stream; empty where all is signed, or nothing is. */
    public static List<String> of(List<StreamSettings> streams) {
        List<String> lines = new ArrayList<>();
        for (StreamSettings stream : streams) {
            add(lines, stream, "event-id", stream.eventId());
            add(lines, stream, "event-type", stream.eventType());
            add(lines, stream, "event-time", stream.eventTime());
            add(lines, stream, "account", stream.account());
            add(lines, stream, "ordering-key", stream.orderingKey());
        }
        return List.copyOf(lines);
    }

    private static void add(
            List<String> lines, StreamSettings stream, String option, ValueLocation location) {
        if (AuthSchemes.leavesUnsigned(stream.auth(), location)) {
            boolean digestHelps =
                    option.equals("event-id")
                            && !AuthSchemes.leavesUnsigned(stream.auth(), BODY_DIGEST);
            lines.add(
                    "streams.%s.%s: %s is not signed by %s: whoever has captured a delivery can send it again with another one%s"
                            .formatted(
                                    stream.name(),
                                    option,
                                    location,
                                    stream.auth().type(),
                                    digestHelps ? " (event-id: body-digest closes that)" : ""));
        }
    }
}
