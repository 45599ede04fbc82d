/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The vendors that post while faults strike: by HTTP/1.1 and HTTP/2; patient, forgetful (some
 * events are sent once only), and vanishing, which drop their connections before the answer comes.
 */
final class Traffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Many a checkpoint takes longer; who waits only so long is gone when its answer comes. */
    private static final Duration IMPATIENCE = Duration.ofMillis(150);

    private static final int VANISHING = 4;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final WebhooksConfig config;
    private final long seed;

    private Traffic(WebhooksConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    /** With so many requests in flight, all vendors together. */
    static Traffic start(WebhooksConfig config, long seed, int inFlight) {
        Traffic traffic = new Traffic(config, seed);
        traffic.add("patient", HttpClient.Version.HTTP_2, inFlight / 2, PATIENCE, 0);
        traffic.add("classic", HttpClient.Version.HTTP_1_1, inFlight / 4, PATIENCE, 0);
        traffic.add("forgetful", HttpClient.Version.HTTP_1_1, inFlight / 4, PATIENCE, 20);
        traffic.add("vanishing", HttpClient.Version.HTTP_1_1, VANISHING, IMPATIENCE, 1);
        return traffic;
    }

    private void add(
            String name,
            HttpClient.Version version,
            int inFlight,
            Duration timeout,
            int forgetful) {
        Vendor.Profile profile =
                new Vendor.Profile(
                        name, version, inFlight, timeout, forgetful, WebhooksConfig.TOKEN);
        vendors.add(Vendor.start(profile, config.endpoints("events"), journal, seed));
    }

    Journal journal() {
        return journal;
    }

    /** Returns when so many more events have been answered 2xx. */
    void awaitAccepts(int more, Duration timeout) throws InterruptedException {
        int enough = journal.accepts() + more;
        Await.until("2xx: " + enough, timeout, () -> journal.accepts() >= enough);
    }

    /** Makes no new events; returns when every event that is not given up has its 2xx. */
    void finish() throws InterruptedException {
        for (Vendor vendor : vendors) {
            vendor.finish(SOON);
        }
    }

    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }
}
