/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a verifier sees of one request. The server implements it over its own request; a verifier
 * reads it on the calling thread only and keeps no reference to it.
 */
public interface AuthRequest {

    /** The method as sent, for example {@code POST}. Never null. */
    String method();

    /** The path as sent, still encoded. Never null. */
    String path();

    /** The raw query without its question mark; null when the target has none. */
    String query();

    /**
     * The values of a header, in order of arrival, one per header line; empty when absent. The name
     * is matched without regard to case.
     */
    List<String> headers(String name);

    /**
     * The exact bytes received, before any content decoding, unescaping or parsing: vendors sign
     * these. Not copied; nobody may change them. {@link Verifier#precheck} never asks for them.
     *
     * @throws IllegalStateException where the body has not been read yet
     */
    byte[] body();

    /**
     * When the headers arrived. Clock skew is judged against this instant, so that a slow body or a
     * busy server does not make a fresh signature stale. Never null.
     */
    Instant receivedAt();

    /**
     * The certificate chain that the connection's client has proved to hold, its own first,
     * verified against the listener's client CA at the handshake; empty where there is none. Never
     * taken from headers.
     */
    default List<X509Certificate> clientCertificates() {
        return List.of();
    }

    /**
     * Where the request comes from, behind the proxies that are trusted; null where nobody knows.
     * It proves nothing: it only keeps one client from spending what all share.
     */
    default InetAddress clientAddress() {
        return null;
    }
}
