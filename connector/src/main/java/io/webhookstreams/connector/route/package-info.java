/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds the endpoint that a request is for. In: its path and method. Out: a route, or the fact that
 * there is none, or that nobody has registered yet. Jetty's threads read; readers write when they
 * register; never blocks.
 */
package io.webhookstreams.connector.route;
