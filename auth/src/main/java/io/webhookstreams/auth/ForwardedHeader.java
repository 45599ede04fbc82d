/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** The headers in which a proxy forwards its client's certificate. */
public enum ForwardedHeader {
    /**
     * Envoy's: elements of {@code By}, {@code Hash}, {@code Cert}, {@code Chain}, {@code Subject},
     * {@code URI} and {@code DNS}, of which each proxy adds one at the end.
     */
    X_FORWARDED_CLIENT_CERT("x-forwarded-client-cert"),

    /** RFC 9440: the certificate in DER, as a byte sequence of RFC 8941. */
    CLIENT_CERT("client-cert");

    private final String header;

    ForwardedHeader(String header) {
        this.header = header;
    }

    /** The header's name, lower case. */
    @Override
    public String toString() {
        return header;
    }
}
