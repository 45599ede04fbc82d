/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.PolicyOptions.Policy;

import java.io.Serializable;
import java.time.Duration;

import javax.annotation.Nullable;

/**
 * What a stream does when more comes than goes on; see {@link
 * io.webhookstreams.connector.PolicyOptions}.
 *
 * @param weight 1 or more
 * @param maxDeliveries queued in one reader
 * @param highWater part of the room, more than 0 and up to 1
 * @param lowWater less than {@code highWater}
 * @param maxWaiting requests whose reading is put off in one listener; 0 for none
 * @param alertLevel part of the room, more than 0 and up to 1
 * @param shed null unless the policy is to shed
 */
public record PolicySettings(
        Policy policy,
        int weight,
        int maxDeliveries,
        double highWater,
        double lowWater,
        Duration maxWait,
        int maxWaiting,
        double alertLevel,
        @Nullable ShedSettings shed)
        implements Serializable {}
