/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What operators see of the way in. In: counts from Jetty's and the settling threads. Out: Flink
 * metrics in the group of the reader that owns the delivery, and below it one group per stream.
 * Names and meanings stand in {@link io.webhookstreams.connector.metrics.MetricDefinition} and
 * nowhere else. Labels come from closed sets, never from requests.
 */
package io.webhookstreams.connector.metrics;
