/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the requests of one stream. Opened by {@link AuthSchemes#verifier}; safe from any
 * thread. The order of a request's life: {@link #precheck} when its headers are there, {@link
 * #verify} when its body is.
 */
public interface Verifier {

    /**
     * Headers that carry reusable credentials whatever the scheme. A signature is not among them:
     * it is worth nothing without its exact body, and records keep it as the proof of what was
     * verified.
     */
    Set<String> ALWAYS_CREDENTIAL_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie");

    /** Query parameters that carry reusable credentials whatever the scheme (RFC 6750, 2.3). */
    Set<String> ALWAYS_CREDENTIAL_QUERY_PARAMETERS = Set.of("access_token");

    /** The {@link AuthSettings#type() type} it verifies. Never null. */
    String scheme();

    /**
     * Refuses what the headers alone condemn, before the body is read and memory is spent on it.
     * Never asks for the body. CPU only, never blocks, never throws for bad input.
     *
     * @return the denial, or empty to go on; empty is not a verification
     */
    Optional<Denied> precheck(AuthRequest headersOnly);

    /**
     * Decides over the exact bytes of the body. Repeats what {@link #precheck} does, so that
     * calling it alone is safe. CPU only, never blocks, never throws for bad input.
     *
     * @return {@link Verified} only where a secret of the stream matched (or the type is {@code
     *     none}); never null
     */
    default Decision verify(AuthRequest request) {
        return verify(request, Trace.NONE);
    }

    /** The same, telling each step to somebody who asks why. */
    Decision verify(AuthRequest request, Trace trace);

    /** Names, lower case, of the headers that must not reach a record. */
    default Set<String> credentialHeaders() {
        return ALWAYS_CREDENTIAL_HEADERS;
    }

    /** Names, lower case, of the query parameters that must not reach a record. */
    default Set<String> credentialQueryParameters() {
        return ALWAYS_CREDENTIAL_QUERY_PARAMETERS;
    }

    /** The value of {@code WWW-Authenticate} for the 401 (RFC 9110, 11.6.1). Never empty. */
    String challenge();

    /**
     * The MAC of a handshake's token by one of the stream's secrets, written as the vendor's
     * signatures are. The caller has made sure that no event's signature is made over such a text.
     *
     * @param secretName which secret; null for the first one
     * @return null where there is no such secret, or it is no key of a MAC
     */
    default String macOf(String token, String secretName) {
        return null;
    }

    /**
     * Fetches, in the background, the URL by which a handshake is confirmed, where the vendor has
     * such handshakes and has signed this one. Called again when the vendor asks again. Never
     * blocks.
     *
     * @param url as the request has it: not trusted
     * @param mayFetch whether the configuration allows it
     */
    default Confirmation confirm(AuthRequest request, String url, boolean mayFetch) {
        return Confirmation.REFUSED;
    }

    /**
     * Reads the secrets again and uses from then on what changed. Call it about once a second from
     * a thread that may touch files, never from a request thread. A secret that cannot be read any
     * more stops verifying ({@link Denied.Cause#SECRET_UNAVAILABLE}) until it can; the others go
     * on. Never throws for an unreadable secret; logs a change once.
     */
    default void refresh() {}

    /**
     * What is known of each secret, in the order of the settings; empty for a type without any.
     * Never blocks.
     */
    default List<SecretStatus> secrets() {
        return List.of();
    }
}
