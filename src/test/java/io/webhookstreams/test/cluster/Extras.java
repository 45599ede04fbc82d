/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a cluster has beyond the usual.
 *
 * @param settings of Flink, before those of the harness
 * @param lib more directories and jars for the class path of its JVMs
 * @param jvmOptions more options of the JVM of that name: {@code jobmanager}, {@code taskmanager-1}
 */
public record Extras(
        Map<String, String> settings, List<Path> lib, Function<String, List<String>> jvmOptions) {

    public static final Extras NONE = new Extras(Map.of(), List.of(), process -> List.of());
}
