/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page that says what is promised names tests; each of them is there. */
class GuaranteesTest {

    private static final Path PAGE = Path.of("../../docs/guarantees.md");
    private static final Pattern LINK = Pattern.compile("\\[`(\\w+)`]\\(([^)]+\\.java)\\)");

    @Test
    void every_test_that_the_guarantees_name_is_there() throws Exception {
        List<MatchResult> links = LINK.matcher(Files.readString(PAGE)).results().toList();

        assertThat(links).isNotEmpty();
        for (MatchResult link : links) {
            assertThat(source(link.group(2)))
                    .as(link.group(2))
                    .containsPattern("(void|class)\\s+" + link.group(1) + "\\b");
        }
    }

    private static String source(String relative) throws IOException {
        return Files.readString(PAGE.resolveSibling(relative));
    }
}
