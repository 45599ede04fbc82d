/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.Denied.Cause;

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

    void check(String rfc3339, Instant now) throws VendorRefused {
        Instant time;
        try {
            time = OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeException e) {
            // Not as the cause: its message quotes the text.
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
}
