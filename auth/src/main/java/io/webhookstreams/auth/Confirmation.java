/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** What has become of a handshake that is confirmed by fetching a URL. Closed. */
public enum Confirmation {
    /** The vendor has answered that it is confirmed. */
    DONE,
    /** The URL is being fetched, or will be: asking again soon may help. */
    PENDING,
    /** It could not be fetched a moment ago; asking again later may help. */
    FAILED,
    /** The configuration allows no fetches. */
    NOT_ALLOWED,
    /** The vendor has not signed it, or the URL is not the vendor's. */
    REFUSED
}
