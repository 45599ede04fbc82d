/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.ReloadableConfiguration;
import io.webhookstreams.connector.SourceConfiguration;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.annotation.Nullable;

/**
 * How a source finds a changed configuration, and what may change: its streams. Everything else was
 * built into ports, lanes and operators when the job started.
 *
 * @param file where the options are read again
 * @param interval from one reading to the next
 * @param start the options that the job was started with
 * @param emitsShed whether the source's schema emits records of shed events
 * @param checkpointInterval the job's, which every deadline is held against; null where it is not
 *     known
 * @param checkpointPause the least from one checkpoint's end to the next, likewise
 */
public record ReloadSettings(
        ReloadableConfiguration file,
        Duration interval,
        SourceConfiguration start,
        boolean emitsShed,
        @Nullable Duration checkpointInterval,
        @Nullable Duration checkpointPause)
        implements Serializable {

    public ReloadSettings withCheckpoints(Duration checkpointsInterval, Duration pause) {
        return new ReloadSettings(file, interval, start, emitsShed, checkpointsInterval, pause);
    }

    /**
     * Reads the options as they are now and judges them just as at the start.
     *
     * @return each stream's options, as text by key
     * @throws InvalidSettingsException with all problems together, also of what must not change
     * @throws IOException if nothing can be read
     */
    public Map<String, Map<String, String>> read() throws IOException {
        SourceConfiguration now = file.read();
        List<String> problems = new ArrayList<>(now.problems());
        FixedOptions.problems(
                        "listener.", WebhookOptions.LISTENER, start.listener(), now.listener())
                .forEach(problems::add);
        FixedOptions.problems("source.", WebhookOptions.SOURCE, start.source(), now.source())
                .forEach(problems::add);
        Map<String, Map<String, String>> text = text(now.streams());
        problems.addAll(LedgerCheck.problems(now.streams(), emitsShed));
        resolve(now.listener(), now.source(), text, problems);
        return text;
    }

    /**
     * The streams' settings by their options.
     *
     * @throws InvalidSettingsException with all problems together
     */
    public List<StreamSettings> streams(Map<String, Map<String, String>> text) {
        return resolve(start.listener(), start.source(), text, List.of()).streams();
    }

    /**
     * What is to be said of some of the streams, as of those that the job is started with.
     *
     * @param text of all streams, as for {@link #streams}
     * @param names of those that it is about
     * @throws InvalidSettingsException as {@link #streams}
     */
    public Remarks remarks(Map<String, Map<String, String>> text, Set<String> names) {
        SourceSettings settings = resolve(start.listener(), start.source(), text, List.of());
        return Remarks.of(
                settings.streams().stream()
                        .filter(stream -> names.contains(stream.name()))
                        .toList(),
                settings.checkpoints(),
                planner(settings));
    }

    /** The options that the job was started with. */
    public Map<String, Map<String, String>> startedWith() {
        return text(start.streams());
    }

    private SourceSettings resolve(
            Configuration listener,
            Configuration source,
            Map<String, Map<String, String>> text,
            List<String> found) {
        Map<String, Configuration> streams = new TreeMap<>();
        text.forEach((name, options) -> streams.put(name, Configuration.fromMap(options)));
        SourceSettings settings =
                SettingsResolver.resolve("reload", listener, source, streams, found);
        List<String> late = late(settings);
        if (!late.isEmpty()) {
            throw new InvalidSettingsException(late);
        }
        return settings;
    }

    /** As {@link JobSettingsCheck} judges where the source is added. */
    private List<String> late(SourceSettings settings) {
        DeadlinePlanner planner = planner(settings);
        boolean judged =
                planner != null && settings.checkpoints().deadlineCheck() == DeadlineCheck.FAIL;
        return judged ? planner.late(settings.streams()) : List.of();
    }

    /** Null where the job's checkpoints are not known. */
    @Nullable
    private DeadlinePlanner planner(SourceSettings settings) {
        return checkpointInterval == null
                ? null
                : new DeadlinePlanner(checkpointInterval, checkpointPause, settings.checkpoints());
    }

    private static Map<String, Map<String, String>> text(Map<String, Configuration> streams) {
        Map<String, Map<String, String>> text = new TreeMap<>();
        streams.forEach((name, options) -> text.put(name, new TreeMap<>(options.toMap())));
        return text;
    }
}
