/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One key that is trusted, and the algorithms that it may be used with. Safe from any thread;
 * printed as its name.
 */
public final class JwtKey {

    static final int LEAST_RSA_BITS = 2048;
    static final int MOST_RSA_BITS = 8192;

    private final String name;
    private final JWSVerifier verifier;
    private final Set<JWSAlgorithm> algorithms;

    private JwtKey(String name, JWSVerifier verifier, Set<JWSAlgorithm> algorithms) {
        this.name = name;
        this.verifier = verifier;
        this.algorithms = algorithms;
    }

    /**
     * A shared secret.
     *
     * @param secret copied
     * @throws IllegalArgumentException if it is shorter than the algorithms' digest (RFC 7518, 3.2)
     */
    public static JwtKey shared(String name, byte[] secret, JwtSettings settings) {
        try {
            JWSVerifier verifier = new MACVerifier(secret.clone());
            Set<JWSAlgorithm> wanted = JwtAlgorithms.of(settings.algorithms());
            if (!verifier.supportedJWSAlgorithms().containsAll(wanted)) {
                throw tooShort(secret, settings);
            }
            return new JwtKey(name, verifier, wanted);
        } catch (JOSEException e) {
            throw tooShort(secret, settings);
        }
    }

    /** A public key of a set; empty where it is for something else, or too weak. */
    static Optional<JwtKey> of(JWK jwk) throws JOSEException {
        if (jwk.getKeyID() == null || jwk.getKeyID().isEmpty() || !mayVerify(jwk)) {
            return Optional.empty();
        }
        JWSVerifier verifier;
        if (jwk instanceof RSAKey rsa && isStrong(rsa)) {
            verifier = new RSASSAVerifier(rsa.toRSAPublicKey());
        } else if (jwk instanceof ECKey ec && !ec.getCurve().getName().equals("secp256k1")) {
            verifier = new ECDSAVerifier(ec.toECPublicKey());
        } else {
            return Optional.empty();
        }
        Set<JWSAlgorithm> algorithms =
                verifier.supportedJWSAlgorithms().stream()
                        .filter(JwtAlgorithms.PUBLIC::contains)
                        .filter(alg -> jwk.getAlgorithm() == null || alg.equals(jwk.getAlgorithm()))
                        .collect(Collectors.toUnmodifiableSet());
        return algorithms.isEmpty()
                ? Optional.empty()
                : Optional.of(new JwtKey(jwk.getKeyID(), verifier, algorithms));
    }

    /** The id, or the secret's name. */
    String name() {
        return name;
    }

    boolean suits(JWSHeader header) {
        return algorithms.contains(header.getAlgorithm());
    }

    boolean verifies(SignedJWT token) {
        try {
            return verifier.verify(
                    token.getHeader(), token.getSigningInput(), token.getSignature());
        } catch (JOSEException e) {
            // Not even the form of a signature.
            return false;
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean mayVerify(JWK jwk) {
        boolean forSignatures = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
        boolean forVerifying =
                jwk.getKeyOperations() == null
                        || jwk.getKeyOperations().isEmpty()
                        || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        return forSignatures && forVerifying;
    }

    private static boolean isStrong(RSAKey key) {
        int bits = key.getModulus().decodeToBigInteger().bitLength();
        return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
    }

    private static IllegalArgumentException tooShort(byte[] secret, JwtSettings settings) {
        return new IllegalArgumentException(
                secret.length
                        + " bytes (expected: at least the digest's size of "
                        + String.join(", ", settings.algorithms())
                        + ")");
    }
}
