/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

/**
 * Where a run shows its metrics.
 *
 * @param address one to listen on
 * @param ports a port or a range of ports; the first free one is taken
 */
public record MetricsEndpoint(String address, String ports) {}
