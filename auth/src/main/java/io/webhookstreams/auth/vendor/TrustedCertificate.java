/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import java.security.cert.X509Certificate;

/**
 * A certificate that an operator trusts: the vendor's own, or an authority's.
 *
 * @param name its reference's
 */
public record TrustedCertificate(String name, X509Certificate certificate) {

    /**
     * Reads a PEM file, of which the first certificate counts.
     *
     * @throws IllegalArgumentException if there is none, or its key is of no use
     */
    public static TrustedCertificate read(String name, byte[] pem) {
        TrustedCertificate read = new TrustedCertificate(name, SigningCertificate.read(pem).get(0));
        if (!read.isAuthority()) {
            read.signing();
        }
        return read;
    }

    boolean isAuthority() {
        return certificate.getBasicConstraints() >= 0;
    }

    SigningCertificate signing() {
        return new SigningCertificate(certificate);
    }
}
