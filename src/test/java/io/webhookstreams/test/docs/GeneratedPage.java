/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} whose text comes from the code. */
record GeneratedPage(String name, String text) {

    private static final String UPDATE = "docs.update";

    /**
     * Fails when the page differs from the code; writes it instead if {@code -Ddocs.update=true}.
     */
    void check() throws IOException {
        Path page = root().resolve("docs").resolve(name);
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("docs/%s is stale: run mvn verify -D%s=true", name, UPDATE)
                .exists()
                .hasContent(text);
    }

    /** The project's root: the nearest folder above that holds {@code docs}. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs"))) {
                return folder;
            }
        }
        throw new IllegalStateException("docs: not found above " + Path.of("").toAbsolutePath());
    }
}
