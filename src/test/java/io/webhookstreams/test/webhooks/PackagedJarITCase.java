/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The one jar that is submitted: what a cluster has already must not be in it a second time. */
class PackagedJarITCase {

    @Test
    void it_holds_the_connector_and_nothing_that_flink_provides() throws Exception {
        List<String> classes = classes();

        assertThat(classes)
                .contains(
                        "io/webhookstreams/connector/WebhookSource.class",
                        "org/eclipse/jetty/server/Server.class")
                .noneMatch(name -> name.startsWith("org/apache/flink/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/"));
    }

    @Test
    void its_signatures_do_not_outlive_the_jars_they_were_made_for() throws Exception {
        try (JarFile jar = new JarFile(Installation.ofThisBuild().jar().toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
        }
    }

    private static List<String> classes() throws Exception {
        try (JarFile jar = new JarFile(Installation.ofThisBuild().jar().toFile());
                Stream<String> names = jar.stream().map(entry -> entry.getName())) {
            return names.filter(name -> name.endsWith(".class")).toList();
        }
    }
}
