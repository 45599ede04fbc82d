/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides whether there is room for a request and how long it may take. In: unverified requests
 * while their bodies arrive, verified ones before they are held. Out: permits, cuts, and when to
 * come again. Jetty's threads and the server's scheduler; never blocks.
 */
package io.webhookstreams.connector.admission;
