/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.connector.ReloadableConfiguration;
import io.webhookstreams.connector.SourceConfiguration;
import io.webhookstreams.jobs.JobOptions;

import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration file that the JobManager reads again. It has the form of the file that the job
 * was started with, and its block {@code job} must say the same.
 *
 * @param path absolute
 * @param job the block as it was at the start
 * @param listener likewise, as the file had it
 * @param chosen what was put in place of some of the listener's options: a port out of a range
 */
record ReloadedFile(String path, Configuration job, Configuration listener, Configuration chosen)
        implements ReloadableConfiguration {

    private static final long serialVersionUID = 1L;

    @Override
    public SourceConfiguration read() throws IOException {
        List<String> problems = new ArrayList<>();
        ConfigurationFile now = ConfigurationFile.read(Path.of(path), problems);
        // Judged as at the start: what it says of streams has to fit them.
        JobDefinition.settings(now, problems);
        problems.addAll(changedJobOptions(now.job().toMap()));
        choosePorts(now.listener());
        return new SourceConfiguration(now.listener(), now.source(), now.streams(), problems);
    }

    private List<String> changedJobOptions(Map<String, String> now) {
        Map<String, String> then = job.toMap();
        Set<String> keys = new TreeSet<>(then.keySet());
        keys.addAll(now.keySet());
        // It tells where this file is, and may do so relative to another one's folder.
        keys.remove(JobOptions.RELOAD_FILE.key());
        return keys.stream()
                .filter(key -> !then.getOrDefault(key, "").equals(now.getOrDefault(key, "")))
                .map(
                        key ->
                                "job.%s: %s (expected: %s, as when the job was started; a restart changes it)"
                                        .formatted(
                                                key,
                                                now.getOrDefault(key, "none"),
                                                then.getOrDefault(key, "none")))
                .toList();
    }

    /** Where the file says what it said at the start, what was chosen then stands for it. */
    private void choosePorts(Configuration now) {
        Map<String, String> said = now.toMap();
        Map<String, String> before = listener.toMap();
        chosen.toMap()
                .forEach(
                        (key, value) -> {
                            if (said.getOrDefault(key, "").equals(before.getOrDefault(key, ""))) {
                                now.setString(key, value);
                            }
                        });
    }
}
