/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.util.Locale;

/** What a rate limit counts requests by; closed: metrics are labelled with it. */
public enum RateScope {
    /** All verified requests of the stream. */
    STREAM,
    /** Those that one credential has verified. */
    CREDENTIAL,
    /** All requests from one client's network, verified or not. */
    ADDRESS;

    /** The stable name that metrics see. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
