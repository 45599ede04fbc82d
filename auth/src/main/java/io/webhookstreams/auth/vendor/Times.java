/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.TimeFormat;
import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Trace;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Judges how old and how far ahead a signed time is. */
record Times(Tolerance tolerance) {

    void check(Object place, String rfc3339, Instant now, Trace trace) throws VendorRefused {
        Instant time = parse(rfc3339);
        Duration past = tolerance.past();
        Duration future = tolerance.future();
        trace.time(place, rfc3339, time, TimeFormat.RFC3339, now, past, future);
        if (time == null) {
            throw new VendorRefused(
                    Cause.MALFORMED_CREDENTIAL,
                    "time: " + rfc3339.length() + " characters (expected: RFC 3339)");
        }
        Duration age = Duration.between(time, now);
        if (age.compareTo(past) > 0) {
            throw new VendorRefused(Cause.TIMESTAMP_TOO_OLD, "time: older than the tolerance");
        }
        if (age.negated().compareTo(future) > 0) {
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
