/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.TimeFormat;
import io.webhookstreams.auth.Trace;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * How old and how far ahead a signed time may be.
 *
 * @param past null for any age
 * @param future null for any
 */
record Times(Duration past, Duration future) {

    void check(Object place, String rfc3339, Instant now, Trace trace) throws VendorRefused {
        Instant time = parse(rfc3339);
        trace.time(place, rfc3339, time, TimeFormat.RFC3339, now, past, future);
        if (time == null) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL,
                    "time: " + rfc3339.length() + " characters (expected: RFC 3339)");
        }
        if (past != null && time.isBefore(now.minus(past))) {
            throw new VendorRefused(Cause.TIMESTAMP_TOO_OLD, "time: older than the tolerance");
        }
        if (future != null && time.isAfter(now.plus(future))) {
            throw new VendorRefused(Cause.TIMESTAMP_TOO_NEW, "time: ahead of this clock");
        }
    }

    /** Null where the text is none. */
    private static Instant parse(String rfc3339) {
        try {
            return OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
