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

    /** What it is counted as: status and code, or that there was none. */
    String title();

    /** A 2xx, and the protocol that it came over. */
    record Accepted(int status, HttpClient.Version over) implements Answer {
        @Override
        public boolean isAccepted() {
            return true;
        }

        @Override
        public String title() {
            return status + " over " + over;
        }
    }

    /** Any other status, with the problem's code where the body has one. */
    record Refused(int status, Optional<String> code, Optional<String> retryAfter)
            implements Answer {

        @Override
        public String title() {
            return status + " " + code.orElse("without code");
        }
    }

    /**
     * No status at all.
     *
     * @param late whether the vendor had waited long enough; else there was no connection, or it
     *     was lost
     */
    record Silence(String why, boolean late) implements Answer {

        @Override
        public String title() {
            return late ? "no answer in time" : "no connection";
        }
    }
}
