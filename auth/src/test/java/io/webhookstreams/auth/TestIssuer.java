/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;

import io.webhookstreams.auth.jwt.JwtSettings;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who issues tokens, with another library than the one that verifies them. */
record TestIssuer(String keyId, KeyPair rsa, KeyPair ec) {

    static final String ISSUER = "https://issuer.example.com/";
    static final String AUDIENCE = "webhooks-orders";

    static TestIssuer named(String keyId) {
        return new TestIssuer(
                keyId,
                TestKeys.generate(Algorithm.RSA_SHA256),
                TestKeys.generate(Algorithm.ECDSA_P256_SHA256));
    }

    /** A token of this issuer for us, good for a minute. */
    static JWTCreator.Builder claims() {
        return JWT.create()
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                .withSubject("sender")
                .withIssuedAt(NOW.minusSeconds(1))
                .withExpiresAt(NOW.plusSeconds(60));
    }

    String rs256(JWTCreator.Builder claims) {
        return claims.withKeyId(keyId)
                .sign(
                        com.auth0.jwt.algorithms.Algorithm.RSA256(
                                (RSAPublicKey) rsa.getPublic(), (RSAPrivateKey) rsa.getPrivate()));
    }

    String es256(JWTCreator.Builder claims) {
        return claims.withKeyId(keyId)
                .sign(
                        com.auth0.jwt.algorithms.Algorithm.ECDSA256(
                                (ECPublicKey) ec.getPublic(), (ECPrivateKey) ec.getPrivate()));
    }

    /** Both public keys under the one id, as RFC 7517 writes them. */
    static String jwks(TestIssuer... issuers) {
        return Arrays.stream(issuers)
                .flatMap(issuer -> Stream.of(issuer.rsaJwk(""), issuer.ecJwk()))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The RSA key with more members: {@code ,"use":"enc"}. */
    String rsaJwk(String more) {
        RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"%s}"
                .formatted(
                        keyId,
                        number(key.getModulus(), 0),
                        number(key.getPublicExponent(), 0),
                        more);
    }

    String ecJwk() {
        ECPublicKey key = (ECPublicKey) ec.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(
                        keyId,
                        number(key.getW().getAffineX(), 32),
                        number(key.getW().getAffineY(), 32));
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Settings that take this issuer's tokens, keys from a URL or a file. */
    static JwtSettings settings(String jwks, String... algorithms) {
        return settings(jwks, null, List.of(), List.of(), null, null, algorithms);
    }

    static JwtSettings settings(
            String jwks,
            Duration maxAge,
            List<String> claims,
            List<String> scopes,
            String bodyHashClaim,
            String header,
            String... algorithms) {
        return new JwtSettings(
                jwks,
                ISSUER,
                List.of("another", AUDIENCE),
                List.of(algorithms),
                Duration.ofSeconds(10),
                maxAge,
                claims,
                scopes,
                bodyHashClaim,
                header,
                null,
                null,
                null);
    }

    private static String number(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int start = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] plain = Arrays.copyOfRange(bytes, start, bytes.length);
        byte[] padded = new byte[Math.max(length, plain.length)];
        System.arraycopy(plain, 0, padded, padded.length - plain.length, plain.length);
        return base64(padded);
    }
}
