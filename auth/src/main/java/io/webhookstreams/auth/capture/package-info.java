/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Refused requests that were kept, as files: what is needed to verify them again, and no credential
 * that can be used again. In: a request. Out: a file's bytes, and back. Any thread; touches no
 * file.
 */
package io.webhookstreams.auth.capture;
