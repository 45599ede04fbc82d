/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class RoutesTest {

    private final Routes<String> routes = new Routes<>();

    @Test
    void nothing_is_known_until_a_source_registers() {
        assertThat(routes.isEmpty()).isTrue();
        assertThat(routes.find("/a")).isNull();
    }

    @Test
    void a_path_is_found_exactly_as_it_was_configured() {
        routes.replace("s", List.of(route("s", "/a")));

        assertThat(routes.find("/a")).isEqualTo(route("s", "/a"));
        assertThat(routes.find("/a/")).isNull();
        assertThat(routes.find("/A")).isNull();
    }

    @Test
    void a_source_replaces_its_own_routes_and_no_others() {
        routes.replace("s", List.of(route("s", "/a"), route("s", "/b")));
        routes.replace("t", List.of(route("t", "/c")));

        routes.replace("s", List.of(route("s", "/b")));

        assertThat(routes.find("/a")).isNull();
        assertThat(routes.find("/b")).isNotNull();
        assertThat(routes.find("/c")).isNotNull();
    }

    @Test
    void a_path_of_another_source_is_refused_and_nothing_changes() {
        routes.replace("s", List.of(route("s", "/a")));

        assertThatThrownBy(() -> routes.replace("t", List.of(route("t", "/b"), route("t", "/a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "path: one of source t is taken by source s (expected: unique in its"
                                + " listener)");
        assertThat(routes.find("/b")).isNull();
    }

    private static Route<String> route(String source, String path) {
        return new Route<>(source, path, List.of("POST", "PUT"), "endpoint");
    }
}
