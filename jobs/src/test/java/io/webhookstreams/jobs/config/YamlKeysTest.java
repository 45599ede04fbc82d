/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class YamlKeysTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void nested_and_dotted_keys_are_the_same_and_values_stay_what_is_written() throws IOException {
        assertThat(
                        read(
                                """
                                # a comment
                                listener:
                                  port: 0123
                                  tls.mode: pem
                                streams:
                                  orders:
                                    auth: {type: bearer, secrets: [a, 'b;c']}
                                    time: 1:30
                                """))
                .isEqualTo(
                        Map.of(
                                "listener.port", List.of("0123"),
                                "listener.tls.mode", List.of("pem"),
                                "streams.orders.auth.type", List.of("bearer"),
                                "streams.orders.auth.secrets", List.of("a", "b;c"),
                                "streams.orders.time", List.of("1:30")));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_scheme_is_one_value_with_every_scalar_as_it_is_written() throws IOException {
        assertThat(read("streams: {s: {auth: {scheme: {past: 0300, take: [v1, 1:30]}}}}"))
                .isEqualTo(
                        Map.of(
                                "streams.s.auth.scheme",
                                List.of("{\"past\":\"0300\",\"take\":[\"v1\",\"1:30\"]}")));
        assertThat(read("streams: {s: {auth: {scheme: [{a: b}], type: x}}}"))
                .containsEntry("streams.s.auth.scheme", List.of("[{\"a\":\"b\"}]"))
                .containsEntry("streams.s.auth.type", List.of("x"));
        assertThat(problems).isEmpty();

        read("streams: {s: {auth: {scheme: {a: &x b, c: *x, d: }}}}");
        assertThat(problems)
                .containsExactly(
                        "streams.s.auth.scheme: an alias (expected: the value itself)",
                        "streams.s.auth.scheme: an empty field (expected: a value, or no such"
                                + " field)");
    }

    @Test
    void an_empty_file_has_no_keys() throws IOException {
        assertThat(read("# nothing\n")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void a_key_that_is_given_twice_is_a_problem_at_every_depth() throws IOException {
        read("a:\n  b: 1\n  b: 2\nc: {d: 1}\nc: {e: 2}\nf.g: 1\nf: {g: 2}\n");
        assertThat(problems)
                .containsExactly(
                        "a.b: given twice (expected: once)",
                        "c: given twice (expected: once)",
                        "f.g: given twice (expected: once)");
    }

    @Test
    void what_is_no_value_is_a_problem() throws IOException {
        read("a:\nb: ''\nc: [[1]]\nd: &x 1\ne: *x\n");
        assertThat(problems)
                .containsExactly(
                        "a: empty (expected: a value)",
                        "b: empty (expected: a value)",
                        "c: a nested list (expected: a list of values)",
                        "e: an alias (expected: the value itself)");
    }

    @Test
    void what_is_no_yaml_is_told_by_its_line_and_never_quoted() throws IOException {
        read("a: 1\nb: \"hush\n");
        assertThat(problems).singleElement().asString().startsWith("line ").doesNotContain("hush");
        problems.clear();
        read("just text");
        assertThat(problems)
                .containsExactly("line 1: no mapping (expected: listener, source, streams, job)");
    }

    @Test
    void a_secret_may_be_a_mapping_beside_plain_references() throws IOException {
        assertThat(
                        read(
                                """
                                streams:
                                  orders:
                                    auth:
                                      secrets:
                                        - from: file:secrets/new
                                          name: new
                                          not-before: 2026-12-01T00:00:00Z
                                        - {from: file:secrets/old, not-after: 2026-12-02T00:00:00Z}
                                        - {from: env:K}
                                        - env:PLAIN
                                """))
                .isEqualTo(
                        Map.of(
                                "streams.orders.auth.secrets",
                                List.of(
                                        "new[not-before=2026-12-01T00:00:00Z]=file:secrets/new",
                                        "[not-after=2026-12-02T00:00:00Z]=file:secrets/old",
                                        "env:K",
                                        "env:PLAIN")));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_mapping_that_is_no_secret_is_a_problem_and_not_echoed() throws IOException {
        read("s.a.auth.secrets: [{hush-hush: 1}, {name: n}, {from: hush-hush}, {from: [1]}]\n");
        assertThat(problems)
                .hasSize(4)
                .allSatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("s.a.auth.secrets: ")
                                        .contains("expected: ")
                                        .doesNotContain("hush"));
    }

    @Test
    void two_documents_are_a_problem() throws IOException {
        read("a: 1\n---\nb: 2\n");
        assertThat(problems).singleElement().asString().contains("a second document");
    }

    private Map<String, List<String>> read(String yaml) throws IOException {
        return YamlKeys.read(yaml, problems);
    }
}
