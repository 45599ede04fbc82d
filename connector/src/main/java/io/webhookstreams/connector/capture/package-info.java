/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeps requests that were refused, as files, for operators. In: a request, from a thread of the
 * server, which never waits and pays for no more than a copy of the headers. Out: a file, by a
 * thread of this package, or a count of what was not kept. Whoever sends, the work, the memory and
 * the disk are bounded.
 */
package io.webhookstreams.connector.capture;
