/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import io.webhookstreams.jobs.prove.admin.AdminPort;
import io.webhookstreams.jobs.prove.oracle.RecordFields;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is made of.
 *
 * @param run first part of all event ids and types: what does not begin with it is of others
 * @param senders the load
 * @param events folder of the job's events
 * @param fields where their lines say what
 * @param windows none where counts are not judged
 * @param admins of which the levels are judged; may be empty
 * @param ofTierAccept the streams answer before anything is durable
 * @param lastEvents how many follow all others, over all streams; at least one for each
 */
public record Plan(
        String run,
        List<Sender> senders,
        Path events,
        RecordFields fields,
        Optional<Windows> windows,
        List<AdminPort> admins,
        boolean ofTierAccept,
        int lastEvents,
        long seed) {

    /** How long who is patient waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_AT_ONCE = 100;

    public Plan {
        senders = List.copyOf(senders);
        admins = List.copyOf(admins);
    }

    /**
     * Who sends where.
     *
     * @param stream a number for each stream
     */
    public record Sender(Vendor.Profile profile, int stream, Endpoints endpoints) {

        private Sender few(String name, int events) {
            Habits patient = Habits.patient(PATIENCE);
            int atOnce = Math.min(events, MOST_AT_ONCE);
            Vendor.Profile few =
                    Vendor.Profile.of(name + stream, patient, profile.signer(), atOnce)
                            .over(profile.pace().version())
                            .formed(profile.form())
                            .atMost(events);
            return new Sender(few, stream, endpoints);
        }
    }

    /** The folders of the windows' counts and of the events that came too late for them. */
    public record Windows(Path counts, Path late) {}

    /** For each stream somebody who sends one event until it has its 2xx. */
    List<Sender> first() {
        return few("first", 1);
    }

    /** For each stream somebody who sends its part of the last events. */
    List<Sender> last() {
        return few("last", Math.max(1, lastEvents / streams().size()));
    }

    /** For each stream somebody who sends so many events, each until it has its 2xx. */
    private List<Sender> few(String name, int events) {
        return streams().stream().map(sender -> sender.few(run + "-" + name, events)).toList();
    }

    private Collection<Sender> streams() {
        Map<Integer, Sender> streams = new LinkedHashMap<>();
        senders.forEach(sender -> streams.putIfAbsent(sender.stream(), sender));
        return streams.values();
    }
}
