/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code mvn package} builds in {@code jobs/target/webhooks}. */
public record Installation(Path home) {

    /** The one that this build has made; the build tells where. */
    public static Installation ofThisBuild() {
        Installation installation =
                new Installation(Path.of(System.getProperty("webhooks.home")).normalize());
        requireFile(installation.jar());
        requireFile(installation.command());
        return installation;
    }

    public Path jar() {
        return home.resolve("webhooks.jar");
    }

    public Path command() {
        return home.resolve("bin").resolve("webhooks");
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    file + ": missing (expected: built by mvn package or mvn verify)");
        }
    }
}
