/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a stream may lose; see {@link io.webhookstreams.connector.PolicyOptions}.
 *
 * @param keep part of the events that is kept while it sheds, more than 0 and less than 1
 * @param budgetPpm deliveries of a million that may be shed in a window; 1 to 999,999
 * @param window a millisecond at least
 * @param ledger whether each shed event leaves a record
 */
public record ShedSettings(double keep, int budgetPpm, Duration window, boolean ledger)
        implements Serializable {}
