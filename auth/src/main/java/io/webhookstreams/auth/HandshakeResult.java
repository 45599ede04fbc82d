/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Map;

/** What becomes of a handshake: an answer at once, or a refusal; never an event. Closed. */
public sealed interface HandshakeResult {

    /**
     * It is answered.
     *
     * @param contentType of the body; null where there is none
     * @param headers more headers, by name; none of them made of text from the request
     * @param body what comes back; may be empty, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Written, never compared.
    record Reply(int status, String contentType, Map<String, String> headers, byte[] body)
            implements HandshakeResult {}

    /**
     * It does not show the verify token, or the secret that answers it cannot be read.
     *
     * @param denied why
     */
    record Unproven(Denied denied) implements HandshakeResult {}

    /**
     * What it asks for is under way or has just failed: the same request is answered later.
     *
     * @param detail for logs, of nothing that the sender chose
     */
    record Later(String detail) implements HandshakeResult {}

    /**
     * Its token is absent, or none that is answered; or this stream does not do what it asks for.
     *
     * @param expected one sentence for the sender, of nothing that the sender chose
     */
    record Malformed(String expected) implements HandshakeResult {}
}
