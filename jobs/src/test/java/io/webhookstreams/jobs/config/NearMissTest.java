/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class NearMissTest {

    private static final List<String> KEYS = List.of("path", "auth.type", "auth.secrets", "tier");

    @Test
    void a_typing_error_suggests_the_nearest_key() {
        assertThat(NearMiss.expectation("pth", KEYS)).isEqualTo("path");
        assertThat(NearMiss.expectation("auth.secret", KEYS)).isEqualTo("auth.secrets");
        assertThat(NearMiss.expectation("AUTH_TYPE", KEYS)).isEqualTo("auth.type");
        assertThat(NearMiss.expectation("Auth.Type", KEYS)).isEqualTo("auth.type");
    }

    @Test
    void the_beginning_of_keys_suggests_all_of_them() {
        assertThat(NearMiss.expectation("auth", KEYS)).isEqualTo("auth.type or auth.secrets");
    }

    @Test
    void anything_else_suggests_all_keys() {
        assertThat(NearMiss.expectation("colour", KEYS))
                .isEqualTo("one of path, auth.type, auth.secrets, tier");
    }

    @Test
    void distance_counts_insertions_deletions_and_replacements() {
        assertThat(NearMiss.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearMiss.distance("", "abc")).isEqualTo(3);
        assertThat(NearMiss.distance("abc", "abc")).isZero();
    }
}
