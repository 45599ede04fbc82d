/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.LimitOptions;

import java.io.Serializable;

/** What a stream takes of one request; see {@link LimitOptions}. */
public record LimitSettings(int maxHeaders, int maxInflateRatio, int maxJsonDepth)
        implements Serializable {

    /** What is small does no harm, and may be mostly blanks. */
    private static final int ALWAYS_INFLATED_BYTES = 64 * 1024;

    /** Neither gzip nor deflate can do more: 1032 is where the ratio limits nothing. */
    private static final int LARGEST_RATIO = 1_032;

    private static final int MOST = 10_000;

    static LimitSettings read(OptionReader options) {
        return new LimitSettings(
                options.number(LimitOptions.MAX_HEADERS, 1, MOST),
                options.number(LimitOptions.MAX_INFLATE_RATIO, 1, LARGEST_RATIO),
                options.number(LimitOptions.MAX_JSON_DEPTH, 1, MOST));
    }

    /**
     * Bytes that a body may have once its coding is undone.
     *
     * @param sent its bytes as they were sent
     * @param most whatever was sent
     */
    public int mostInflatedBytes(int sent, int most) {
        long byRatio = Math.max(ALWAYS_INFLATED_BYTES, (long) maxInflateRatio * sent);
        return (int) Math.min(most, byRatio);
    }
}
