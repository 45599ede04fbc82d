/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Verifies vendors that sign with a certificate behind a URL, which the request names. In: a
 * request and the certificates that are here. Out: a {@link io.webhookstreams.auth.Decision}.
 *
 * <p>What a request names is looked at only where it is the vendor's own, and is fetched in the
 * background ({@link io.webhookstreams.auth.fetch.Remembered}): the first request with a new
 * certificate is answered 503, its retry is judged. Request threads compute and never wait.
 */
package io.webhookstreams.auth.vendor;
