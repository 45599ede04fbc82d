/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.http.HttpClient;
import java.util.Optional;

/** What a vendor gets for one attempt. */
public sealed interface Answer {

    /** True when the vendor may forget the event. */
    default boolean isAccepted() {
        return false;
    }

    /** A 2xx, and the protocol that it came over. */
    record Accepted(int status, HttpClient.Version over) implements Answer {
        @Override
        public boolean isAccepted() {
            return true;
        }
    }

    /** Any other status, with the problem's code where the body has one. */
    record Refused(int status, Optional<String> code, Optional<String> retryAfter)
            implements Answer {}

    /** No status at all: not connected, connection lost, or too late. */
    record Silence(String why) implements Answer {}
}
