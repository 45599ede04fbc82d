/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.config.ReloadSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import javax.annotation.Nullable;

/**
 * Which configuration is in force. The story of a change:
 *
 * <ol>
 *   <li>A thread of Flink's reads the file and judges it, again and again: {@link Reading}.
 *   <li>With problems it is refused, with all of them, and the old one stays in force.
 *   <li>What two readings in a row say gets the next number: a file that is being written looks
 *       different the next time. Of streams that are new or changed, what deserves a warning is
 *       logged, as it is of those that the job is started with.
 *   <li>{@link #snapshot} puts it into the checkpoint.
 *   <li>{@link #completed} puts it in force: it is sent to every reader, and to those that come
 *       later. So whatever fails afterwards, the restored enumerator knows it too, and no reader
 *       ever goes back to an older one.
 * </ol>
 *
 * <p>A restored version wins over the one that the job was submitted with, until the file says
 * something else; unless it cannot be used any more with the listener of that job.
 *
 * <p>On the coordinator's thread, but for the reading.
 */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final long FIRST_NUMBER = 1;
    private static final long NEVER = Long.MAX_VALUE;

    private final SplitEnumeratorContext<?> context;
    private final ReloadSettings settings;

    private ConfigurationVersion inForce;
    private ConfigurationUpdate update;

    /** What waits for a checkpoint, and the first that holds it. */
    @Nullable private ConfigurationVersion next;

    private long firstCheckpoint = NEVER;

    private Reading last = new Reading(Map.of(), List.of());
    @Nullable private Counter refused;
    private Runnable whenAccepted = () -> {};

    /**
     * @param restored null for a job that starts without one
     */
    Reload(
            SplitEnumeratorContext<?> context,
            ReloadSettings settings,
            @Nullable ConfigurationVersion restored) {
        this.context = context;
        this.settings = settings;
        ConfigurationVersion started =
                new ConfigurationVersion(
                        restored == null ? FIRST_NUMBER : restored.number() + 1,
                        settings.startedWith());
        if (restored == null) {
            takeEffect(started, settings.streams(started.streams()));
            return;
        }
        try {
            takeEffect(restored, settings.streams(restored.streams()));
        } catch (InvalidSettingsException e) {
            LOG.warn(
                    "configuration {} of the state that is restored does not fit the job any more; the"
                            + " one that the job was submitted with is in force. {}",
                    restored.number(),
                    e.getMessage());
            takeEffect(started, settings.streams(started.streams()));
        }
    }

    /**
     * Begins to read.
     *
     * @param onAccepted called when a version begins to wait for a checkpoint
     */
    void start(MetricGroup metrics, Runnable onAccepted) {
        whenAccepted = onAccepted;
        metrics.gauge(MetricDefinition.ACCEPTED_CONFIGURATION.metric(), () -> newest().number());
        metrics.gauge(
                MetricDefinition.CONFIGURATION_PROBLEMS.metric(), () -> last.problems().size());
        refused = metrics.counter(MetricDefinition.REFUSED_CONFIGURATIONS.metric());
        context.callAsync(
                () -> Reading.of(settings),
                (reading, error) -> {
                    if (error == null) {
                        read(reading);
                    } else {
                        LOG.error("configuration: reading has failed", error);
                    }
                },
                0,
                settings.interval().toMillis());
    }

    /** For a reader that has come. */
    ConfigurationUpdate update() {
        return update;
    }

    ConfigurationVersion snapshot(long checkpointId) {
        if (next != null) {
            firstCheckpoint = Math.min(firstCheckpoint, checkpointId);
        }
        return newest();
    }

    void completed(long checkpointId) {
        if (next == null || checkpointId < firstCheckpoint) {
            return;
        }
        ConfigurationVersion durable = next;
        next = null;
        firstCheckpoint = NEVER;
        takeEffect(durable, settings.streams(durable.streams()));
        LOG.info("configuration {} ({}) is in force", durable.number(), durable.digest());
        for (int subtask : Set.copyOf(context.registeredReaders().keySet())) {
            context.sendEventToSourceReader(subtask, update);
        }
    }

    private void read(Reading reading) {
        Reading before = last;
        last = reading;
        if (!reading.isGood()) {
            if (!reading.equals(before)) {
                refuse(reading);
            }
        } else if (!before.isGood() && newest().streams().equals(reading.streams())) {
            LOG.info("configuration: good again, as configuration {} says", newest().number());
        } else if (reading.equals(before) && !newest().streams().equals(reading.streams())) {
            accept(reading);
        }
    }

    private void refuse(Reading reading) {
        refused.inc();
        LOG.warn(
                "configuration: refused, {} stays in force. All problems:\n{}",
                newest().number(),
                String.join("\n", reading.problems()));
    }

    private void accept(Reading reading) {
        ConfigurationVersion accepted =
                new ConfigurationVersion(newest().number() + 1, reading.streams());
        LOG.info(
                "configuration {} ({}) is good, and in force with the next checkpoint: {}",
                accepted.number(),
                accepted.digest(),
                difference(newest().streams(), accepted.streams()));
        settings.remarks(accepted.streams(), newOrChanged(newest().streams(), accepted.streams()))
                .logTo(LOG);
        next = accepted;
        firstCheckpoint = NEVER;
        whenAccepted.run();
    }

    /** Whether a version waits for a checkpoint. */
    boolean isWaiting() {
        return next != null;
    }

    private ConfigurationVersion newest() {
        return next == null ? inForce : next;
    }

    private void takeEffect(ConfigurationVersion version, List<StreamSettings> streams) {
        inForce = version;
        update = new ConfigurationUpdate(version.number(), version.digest(), streams);
    }

    private static Set<String> newOrChanged(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        Set<String> names = new TreeSet<>(after.keySet());
        names.removeIf(name -> after.get(name).equals(before.get(name)));
        return names;
    }

    private static String difference(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());
        Set<String> changed = newOrChanged(before, after);
        changed.removeAll(added);
        return "streams added %s, changed %s, removed %s".formatted(added, changed, removed);
    }
}
