/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Deadlines;

import java.util.function.LongSupplier;

/**
 * The server's time.
 *
 * @param nanoClock nanoseconds from an arbitrary origin; exchanges and deadlines are on it
 * @param deadlines of all held requests
 */
public record Timing(LongSupplier nanoClock, Deadlines deadlines) {}
