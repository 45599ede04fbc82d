/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.connector.WebhookOptions;
import io.webhookstreams.jobs.JobOptions;

import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file's options in their groups, as Flink configurations: known keys, values not
 * yet judged, paths absolute.
 */
public record ConfigurationFile(
        Path path,
        Configuration listener,
        Configuration source,
        Map<String, Configuration> streams,
        Configuration job) {

    private static final OptionGroup LISTENER = new OptionGroup(WebhookOptions.LISTENER);
    private static final OptionGroup SOURCE = new OptionGroup(WebhookOptions.SOURCE);
    private static final OptionGroup STREAM = new OptionGroup(WebhookOptions.STREAM);
    private static final OptionGroup JOB =
            new OptionGroup(WebhookOptions.declaredIn(JobOptions.class));
    private static final List<String> GROUPS = List.of("listener", "source", "streams", "job");

    /**
     * Reads a file.
     *
     * @param problems where problems are added: what is no YAML, given twice, unknown
     * @throws IOException if the file cannot be read
     */
    static ConfigurationFile read(Path path, List<String> problems) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        ConfigurationFile file =
                new ConfigurationFile(
                        absolute,
                        new Configuration(),
                        new Configuration(),
                        new LinkedHashMap<>(),
                        new Configuration());
        YamlKeys.read(text(absolute, problems), problems)
                .forEach((key, values) -> file.put(key, values, problems));
        new AbsolutePaths(absolute.getParent(), problems).applyTo(file);
        return file;
    }

    private static String text(Path path, List<String> problems) throws IOException {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            problems.add(path.getFileName() + ": not UTF-8 (expected: YAML in UTF-8)");
            return "";
        }
    }

    private void put(String key, List<String> values, List<String> problems) {
        int dot = key.indexOf('.');
        String group = dot < 0 ? key : key.substring(0, dot);
        String rest = dot < 0 ? "" : key.substring(dot + 1);
        if (dot < 0 || !GROUPS.contains(group)) {
            problems.add(
                    GROUPS.contains(group)
                            ? group + ": a value (expected: keys below it)"
                            : "%s: unknown (expected: %s)"
                                    .formatted(group, NearMiss.expectation(group, GROUPS)));
            return;
        }
        switch (group) {
            case "listener" -> LISTENER.put("listener.", rest, values, listener, problems);
            case "source" -> SOURCE.put("source.", rest, values, source, problems);
            case "job" -> JOB.put("job.", rest, values, job, problems);
            default -> putStream(rest, values, problems);
        }
    }

    private void putStream(String key, List<String> values, List<String> problems) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            problems.add("streams." + key + ": a value (expected: the stream's keys below it)");
            return;
        }
        String name = key.substring(0, dot);
        Configuration stream = streams.computeIfAbsent(name, added -> new Configuration());
        STREAM.put("streams." + name + ".", key.substring(dot + 1), values, stream, problems);
    }
}
