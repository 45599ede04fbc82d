/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Fetches small documents over HTTP: keys and certificates. In: a URL. Out: a future of its bytes.
 * On threads of its own that end when they have nothing to do; never on request threads.
 *
 * <p>A URL that an operator has configured is fetched by {@link
 * io.webhookstreams.auth.fetch.HttpFetch}. One that a request names is fetched by {@link
 * io.webhookstreams.auth.fetch.GuardedFetch} only, which expects that its author means harm.
 */
package io.webhookstreams.auth.fetch;
