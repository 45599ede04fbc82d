/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

/**
 * What a rate limit leaves to a sender at one moment.
 *
 * @param limit the most requests at once
 * @param remaining requests that may come now
 * @param resetSeconds until the limit is untouched again, if nothing comes; 0 while it is
 */
public record Quota(long limit, long remaining, int resetSeconds) {}
