/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Objects;

/**
 * Where a vendor writes what an event is. Each is {@link ValueLocation#NOWHERE} where the vendor
 * does not say.
 *
 * @param id the event's id, the same on every retry of the same event
 * @param type the event's type
 * @param time when it happened
 * @param timeFormat how that time is written; null exactly where there is no time
 * @param account whose event it is
 */
public record Envelope(
        ValueLocation id,
        ValueLocation type,
        ValueLocation time,
        TimeFormat timeFormat,
        ValueLocation account) {

    public Envelope {
        id = Objects.requireNonNullElse(id, ValueLocation.NOWHERE);
        type = Objects.requireNonNullElse(type, ValueLocation.NOWHERE);
        time = Objects.requireNonNullElse(time, ValueLocation.NOWHERE);
        account = Objects.requireNonNullElse(account, ValueLocation.NOWHERE);
        if (time.equals(ValueLocation.NOWHERE) != (timeFormat == null)) {
            throw new IllegalArgumentException(
                    "envelope.time-format: "
                            + timeFormat
                            + " (expected: one with time, else none)");
        }
    }
}
