/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

class RefusalTest {

    /** What senders are promised: changing a line here is a change of the protocol. */
    private static final Map<String, Integer> STATUS_BY_CODE =
            Map.ofEntries(
                    Map.entry("bad_request", 400),
                    Map.entry("bad_encoding", 400),
                    Map.entry("unauthorized", 401),
                    Map.entry("forbidden", 403),
                    Map.entry("unknown_stream", 404),
                    Map.entry("method_not_allowed", 405),
                    Map.entry("revoked", 410),
                    Map.entry("slow_body", 408),
                    Map.entry("too_large", 413),
                    Map.entry("too_many_headers", 431),
                    Map.entry("unsupported_encoding", 415),
                    Map.entry("unsupported_media_type", 415),
                    Map.entry("rate_limited", 429),
                    Map.entry("queue_full", 429),
                    Map.entry("restarting", 503),
                    Map.entry("draining", 503),
                    Map.entry("paused", 503),
                    Map.entry("not_durable_in_time", 503),
                    Map.entry("throttled", 503),
                    Map.entry("overloaded", 503));

    @Test
    void codes_and_statuses_are_those_that_senders_are_promised() {
        Map<String, Integer> actual =
                Arrays.stream(Refusal.values())
                        .collect(Collectors.toMap(Refusal::code, Refusal::status));

        assertThat(new TreeMap<>(actual)).isEqualTo(new TreeMap<>(STATUS_BY_CODE));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void exactly_429_and_503_carry_retry_after(Refusal refusal) {
        boolean expected = refusal.status() == 429 || refusal.status() == 503;

        assertThat(refusal.isRetryable()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_refusal_says_one_safe_sentence(Refusal refusal) {
        assertThat(refusal.sentence()).endsWith(".").doesNotContain("%", "null", "Exception");
    }
}
