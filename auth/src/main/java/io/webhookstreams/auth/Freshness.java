/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.time.Duration;
import java.time.Instant;

/** Judges a signed time against the arrival of the request. Bounds themselves are in. */
final class Freshness {

    private final SignatureScheme.Timestamp rule;

    Freshness(SignatureScheme.Timestamp rule) {
        this.rule = rule;
    }

    void check(String text, Instant receivedAt, Trace trace) throws RefusedException {
        Instant signedAt = rule.format().parse(text).orElse(null);
        trace.time(
                rule.from(), text, signedAt, rule.format(), receivedAt, rule.past(), rule.future());
        if (signedAt == null) {
            throw malformed(text);
        }
        Duration age = Duration.between(signedAt, rule.format().truncate(receivedAt));
        if (age.compareTo(rule.past()) > 0) {
            throw refused(Cause.TIMESTAMP_TOO_OLD, age.toSeconds() + " s old", rule.past());
        }
        if (age.negated().compareTo(rule.future()) > 0) {
            throw refused(Cause.TIMESTAMP_TOO_NEW, -age.toSeconds() + " s ahead", rule.future());
        }
    }

    private RefusedException malformed(String text) {
        return new RefusedException(
                Cause.MALFORMED_CREDENTIAL,
                rule.from()
                        + ": "
                        + text.length()
                        + " characters (expected: a time, "
                        + rule.format()
                        + ")");
    }

    private RefusedException refused(Cause cause, String age, Duration limit) {
        return new RefusedException(
                cause,
                rule.from() + ": " + age + " (expected: at most " + limit.toSeconds() + " s)");
    }
}
