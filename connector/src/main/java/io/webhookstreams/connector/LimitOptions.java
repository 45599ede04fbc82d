/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What a stream takes of one request, beside the sizes of its body; see docs/limits.md. */
@PublicEvolving
public final class LimitOptions {

    public static final ConfigOption<Integer> MAX_HEADERS =
            ConfigOptions.key("max-headers")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "Header lines of a request; beyond it 431 `too_many_headers`. Their bytes"
                                    + " are the listener's `max-header-bytes`.");

    public static final ConfigOption<Integer> MAX_INFLATE_RATIO =
            ConfigOptions.key("max-inflate-ratio")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "How many times as large as it was sent a body may become when"
                                    + " `Content-Encoding` is undone; beyond it 413. Up to 64 kb any"
                                    + " body may inflate.");

    public static final ConfigOption<Integer> MAX_JSON_DEPTH =
            ConfigOptions.key("max-json-depth")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "How deeply nested a JSON body is followed in search of the event's id, type"
                                    + " and so on. A deeper one is not refused, for that would lose it:"
                                    + " what was not found by then is absent, and where that is the id,"
                                    + " the body's digest takes its place.");

    private LimitOptions() {}
}
