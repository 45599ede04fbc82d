/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** Refuses keys that are not of the algorithm's kind, curve or size. */
final class KeyStrength {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;

    private KeyStrength() {}

    static void require(SecretRef ref, Key key, Algorithm algorithm)
            throws GeneralSecurityException, SecretUnavailableException {
        boolean fits =
                switch (algorithm) {
                    case ECDSA_P256_SHA256 -> key instanceof ECKey ec && isP256(ec.getParams());
                    case RSA_SHA1, RSA_SHA256 -> key instanceof RSAKey rsa && fits(rsa);
                    case ED25519 ->
                            key instanceof EdECKey ed
                                    && ed.getParams().getName().equals(algorithm.keyName());
                    case HMAC_SHA1, HMAC_SHA256, HMAC_SHA512, TOKEN, BASIC -> false;
                };
        if (!fits) {
            throw new SecretUnavailableException(
                    ref, "another key (expected: " + expected(algorithm) + ")");
        }
    }

    private static String expected(Algorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA256 -> "one of the curve P-256";
            case RSA_SHA1, RSA_SHA256 ->
                    "RSA with " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
            case ED25519 -> "one of Ed25519";
            case HMAC_SHA1, HMAC_SHA256, HMAC_SHA512, TOKEN, BASIC -> "no key pair";
        };
    }

    private static boolean fits(RSAKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
    }

    private static boolean isP256(ECParameterSpec given) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        return given.getCurve().equals(p256.getCurve())
                && given.getGenerator().equals(p256.getGenerator())
                && given.getOrder().equals(p256.getOrder());
    }
}
