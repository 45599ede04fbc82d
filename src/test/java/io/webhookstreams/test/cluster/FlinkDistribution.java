/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildJvm;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a Flink distribution has in its {@code lib} directory, taken from the class path of this
 * JVM: Flink, what Flink needs and one logging back end. Neither this project's modules nor test
 * libraries.
 */
final class FlinkDistribution {

    private static final List<String> JARS =
            List.of(
                    "flink-",
                    "log4j-",
                    "slf4j-api-",
                    "commons-",
                    "snakeyaml-engine-",
                    "kryo-",
                    "reflectasm-",
                    "objenesis-",
                    "minlog-",
                    "RoaringBitmap-",
                    "javassist-",
                    "snappy-java-",
                    "async-profiler-",
                    "lz4-java-",
                    "frocksdbjni-",
                    "jsr305-");

    private FlinkDistribution() {}

    /** A JVM with Flink's class path; {@code FLINK_CONF_DIR} is what the command line reads. */
    static ChildJvm jvm(Path configDirectory, List<String> options) {
        return jvm(configDirectory, options, List.of());
    }

    /** The same with more on its class path, as in Flink's {@code lib}. */
    static ChildJvm jvm(Path configDirectory, List<String> options, List<Path> lib) {
        Stream<String> always =
                Stream.concat(
                        ChildJvm.FAST_START.stream(),
                        Stream.of(
                                "-Dlog4j.configurationFile="
                                        + configDirectory.resolve("log4j.properties")));
        List<String> all = Stream.of(always, opens(), options.stream()).flatMap(s -> s).toList();
        return new ChildJvm(
                classPath(lib), all, Map.of("FLINK_CONF_DIR", configDirectory.toString()));
    }

    private static List<Path> classPath(List<Path> lib) {
        List<Path> jars =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(FlinkDistribution::belongs)
                        .toList();
        if (jars.isEmpty()) {
            throw new IllegalStateException(
                    "java.class.path: no Flink jars (expected: flink-runtime and others)");
        }
        return Stream.of(lib, jars).flatMap(List::stream).toList();
    }

    private static boolean belongs(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(".jar")
                && JARS.stream().anyMatch(name::startsWith)
                && !name.startsWith("flink-connector-webhook")
                && !name.contains("-test");
    }

    /** The build passes Flink's list of opened packages on, so that it stands in one place. */
    private static Stream<String> opens() {
        return Stream.of(System.getProperty("flink.java.opens", "").split(" "))
                .filter(option -> !option.isBlank());
    }
}
