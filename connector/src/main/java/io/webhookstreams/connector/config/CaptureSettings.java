/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;

import javax.annotation.Nullable;

/**
 * Whether and where refused requests of a stream are kept; see {@link
 * io.webhookstreams.connector.CaptureOptions}.
 *
 * @param directory absolute; null where none are kept
 */
public record CaptureSettings(@Nullable String directory, int maxFiles, long maxBytes)
        implements Serializable {}
