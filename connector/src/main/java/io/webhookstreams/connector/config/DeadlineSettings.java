/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;
import java.time.Duration;

import javax.annotation.Nullable;

/**
 * What a stream's vendor waits for and does afterwards; see {@link
 * io.webhookstreams.connector.DeadlineOptions}.
 *
 * @param vendor how long it waits for an answer; null where that is not known
 * @param status with which a delivery that is not durable in time is answered
 * @param sentAgain whether the vendor sends a delivery again by itself after a failure
 */
public record DeadlineSettings(
        @Nullable Duration vendor, int status, boolean sentAgain, RetryAfterSettings retryAfter)
        implements Serializable {}
