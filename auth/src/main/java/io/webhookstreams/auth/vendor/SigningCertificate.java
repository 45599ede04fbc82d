/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.fetch.Remembered;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A certificate that a vendor signs with. Safe from any thread. */
final class SigningCertificate {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_CERTIFICATES = 8;

    private final X509Certificate certificate;

    /** Reads certificates, which are good until they expire, fetched again or not. */
    @FunctionalInterface
    interface Reader extends Remembered.Reader<SigningCertificate> {
        @Override
        default boolean isUsable(SigningCertificate one, boolean isFresh, Instant at) {
            return one.isValidAt(at);
        }
    }

    /**
     * Takes a certificate whose owner has been checked.
     *
     * @throws IllegalArgumentException if its key is not RSA of 2048 bits or more
     */
    SigningCertificate(X509Certificate certificate) {
        if (!(certificate.getPublicKey() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IllegalArgumentException("another key (expected: RSA of 2048 bits or more)");
        }
        this.certificate = certificate;
    }

    /**
     * The certificates of a PEM file, in its order.
     *
     * @throws IllegalArgumentException if it holds none, or too many
     */
    static List<X509Certificate> read(byte[] pem) {
        try {
            List<X509Certificate> all = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .forEach(one -> all.add((X509Certificate) one));
            if (all.isEmpty() || all.size() > MOST_CERTIFICATES) {
                throw new IllegalArgumentException(
                        all.size() + " certificates (expected: 1 to " + MOST_CERTIFICATES + ")");
            }
            return all;
        } catch (CertificateException e) {
            // Not as the cause: its message may quote what was read.
            throw new IllegalArgumentException(pem.length + " bytes (expected: PEM)");
        }
    }

    /** The certificate, or the refusal that says why it is not here. */
    static SigningCertificate of(
            Remembered<SigningCertificate> remembered, URI url, AuthRequest request)
            throws VendorRefused {
        Remembered.Answer<SigningCertificate> answer =
                remembered.get(url, request.receivedAt(), request.clientAddress());
        return switch (answer.status()) {
            case HERE -> answer.document();
            case PENDING ->
                    throw new VendorRefused(Cause.KEY_PENDING, "certificate: being fetched");
            case FAILED ->
                    throw new VendorRefused(
                            Cause.SECRET_UNAVAILABLE, "certificate: cannot be fetched");
            case REFUSED ->
                    throw new VendorRefused(Cause.NO_MATCH, "certificate: not the vendor's");
        };
    }

    private boolean isValidAt(Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** Whether it was valid then and has signed this. */
    boolean verifies(String algorithm, byte[] content, byte[] signature, Instant now) {
        if (!isValidAt(now)) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(certificate.getPublicKey());
            check.update(content);
            return check.verify(signature);
        } catch (SignatureException e) {
            // Not even the form of a signature.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": not provided by this JVM", e);
        }
    }
}
