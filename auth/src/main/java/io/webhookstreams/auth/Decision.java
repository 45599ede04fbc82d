/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** What a verifier says of a request: who sent it, or why that is not known. Closed. */
public sealed interface Decision permits Verified, Denied {}
