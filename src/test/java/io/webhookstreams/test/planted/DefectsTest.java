/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.test.webhooks.Installation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class DefectsTest {

    static List<Defect> all() {
        return Defects.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_defect_still_fits_the_sources(Defect defect) throws IOException {
        Installation ofThisBuild = new Installation(Path.of(System.getProperty("webhooks.home")));

        assertThat(PlantedInstallation.edited(ofThisBuild, defect)).isNotEmpty();
    }

    @Test
    void an_edit_that_fits_nowhere_or_twice_is_refused() {
        Edit edit = new Edit("A.java", "x", "y");

        assertThat(edit.applyTo("axb")).isEqualTo("ayb");
        assertThatThrownBy(() -> edit.applyTo("ab"))
                .hasMessage("A.java: «x» stands there nowhere (expected: once)");
        assertThatThrownBy(() -> edit.applyTo("xax"))
                .hasMessage("A.java: «x» stands there more than once (expected: once)");
    }
}
