/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.http.HttpClient;

/**
 * How fast a vendor sends.
 *
 * @param inFlight events open at a time
 * @param rate events a second; 0 for closed loop
 * @param limit events in all; 0 for no limit
 * @param timeScale real time per vendor's time between retries
 */
public record Pace(
        HttpClient.Version version, int inFlight, double rate, long limit, double timeScale) {

    /** Closed loop, without end, in real time. */
    static Pace closed(HttpClient.Version version, int inFlight) {
        return new Pace(version, inFlight, 0, 0, 1);
    }

    Pace over(HttpClient.Version other) {
        return new Pace(other, inFlight, rate, limit, timeScale);
    }

    Pace atRate(double other) {
        return new Pace(version, inFlight, other, limit, timeScale);
    }

    Pace atMost(long other) {
        return new Pace(version, inFlight, rate, other, timeScale);
    }

    Pace scaled(double other) {
        return new Pace(version, inFlight, rate, limit, other);
    }
}
