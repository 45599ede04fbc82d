/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The part of one source in the choice between Flink's two checkpoint intervals. Flink takes the
 * longer one as soon as any source of the job is said to process a backlog, so sources with
 * checkpoints on demand all say so, or none: only while no delivery of any source waits. A source
 * without them never lets the others rest.
 *
 * <p>The sources of a job share this class, whose loader is the job's, or tell their jobs apart by
 * id where it is the cluster's. Any thread; never waits for long.
 */
public final class Cadence implements AutoCloseable {

    /** By job; guarded by the class. */
    private static final Map<String, List<Cadence>> JOBS = new HashMap<>();

    private final String job;
    private final boolean onDemand;
    private final Consumer<Boolean> backlog;

    private boolean waiting = true;
    private boolean resting;

    private Cadence(String job, boolean onDemand, Consumer<Boolean> backlog) {
        this.job = job;
        this.onDemand = onDemand;
        this.backlog = backlog;
    }

    /**
     * A source joins its job's others; its deliveries wait until it says otherwise.
     *
     * @param onDemand whether it may ever say so
     * @param backlog tells Flink; called under a lock, in order, and must only hand over
     */
    public static Cadence join(String job, boolean onDemand, Consumer<Boolean> backlog) {
        synchronized (Cadence.class) {
            Cadence joined = new Cadence(job, onDemand, backlog);
            JOBS.computeIfAbsent(job, added -> new ArrayList<>()).add(joined);
            if (onDemand) {
                // After a failover Flink may still have what an earlier one of this source said.
                backlog.accept(false);
            }
            settle(job);
            return joined;
        }
    }

    /** Whether deliveries of this source wait for a checkpoint. */
    void waiting(boolean some) {
        synchronized (Cadence.class) {
            waiting = some;
            settle(job);
        }
    }

    /** Whether checkpoints come rarely now. */
    boolean isResting() {
        synchronized (Cadence.class) {
            return resting;
        }
    }

    /** The source is gone, and holds the others back no more. */
    @Override
    public void close() {
        synchronized (Cadence.class) {
            List<Cadence> sources = JOBS.get(job);
            if (sources == null || !sources.remove(this)) {
                return;
            }
            if (sources.isEmpty()) {
                JOBS.remove(job);
            } else {
                settle(job);
            }
        }
    }

    /** Under the class's lock. */
    private static void settle(String job) {
        List<Cadence> sources = JOBS.getOrDefault(job, List.of());
        boolean rest = sources.stream().allMatch(source -> source.onDemand && !source.waiting);
        for (Cadence source : sources) {
            if (source.resting != rest) {
                source.resting = rest;
                source.backlog.accept(rest);
            }
        }
    }
}
