/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.OwnSchemes;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.Verifier;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request pays for its verification by each algorithm and size of body, beside the bare call
 * of the JDK over the same bytes, with a key and an engine that are ready.
 */
@State(Scope.Thread)
public class Algorithms {

    private static final String KEY = "a-secret-of-the-benchmark";
    private static final String SCHEME =
            """
            algorithm: %s
            key: {decode: %s}
            signature: {from: 'header:X-Signature', parse: plain, encoding: base64}
            content: '{body}'
            """;

    @Param({
        "hmac-sha1/HmacSHA1",
        "hmac-sha256/HmacSHA256",
        "hmac-sha512/HmacSHA512",
        "ed25519/Ed25519",
        "ecdsa-p256-sha256/SHA256withECDSA",
        "rsa-sha256/SHA256withRSA"
    })
    private String algorithm;

    @Param({"1024", "65536"})
    private int bytes;

    private byte[] body;
    private Bare bare;
    private Verifier verifier;
    private AuthRequest request;

    /** The least that must be done. */
    @FunctionalInterface
    private interface Bare {
        Object call() throws GeneralSecurityException;
    }

    @Setup
    public void open() throws Exception {
        body = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        String[] names = algorithm.split("/", -1);
        boolean shared = names[1].startsWith("Hmac");
        KeyPair pair = shared ? null : pair(names[1]);
        List<String> problems = new ArrayList<>();
        AuthSettings settings =
                AuthSettings.of("custom", SecretRef.parse("env:VERIFYING"))
                        .signedBy(
                                OwnSchemes.parse(
                                        SCHEME.formatted(names[0], shared ? "utf8" : "pem"),
                                        problems));
        Map<String, String> keys =
                shared
                        ? Map.of("VERIFYING", KEY, "SIGNING", KEY)
                        : Map.of(
                                "VERIFYING", pem("PUBLIC KEY", pair.getPublic().getEncoded()),
                                "SIGNING", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        LocalSecrets secrets = new LocalSecrets(Path.of(""), keys::get);
        verifier = AuthSchemes.verifier(settings, secrets);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(
                AuthSchemes.signer(settings.with(List.of(SecretRef.parse("env:SIGNING"))), secrets)
                        .sign(body, Instant.EPOCH));
        String given = headers.get("X-Signature");
        request = new Signed(given, body);
        bare = shared ? mac(names[1]) : signature(names[1], pair, given);
        if (verifier.verify(request) instanceof Denied denied) {
            throw new IllegalStateException(denied + " " + problems);
        }
    }

    @Benchmark
    public Object bare() throws GeneralSecurityException {
        return bare.call();
    }

    /** As a request pays for it: once before its body is read, once after. */
    @Benchmark
    public Decision verify() {
        return verifier.precheck(request).<Decision>map(denied -> denied).orElseGet(this::decide);
    }

    private Decision decide() {
        return verifier.verify(request);
    }

    private Bare mac(String name) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), name));
        return () -> mac.doFinal(body);
    }

    private Bare signature(String name, KeyPair pair, String given)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        byte[] raw = Base64.getDecoder().decode(given);
        signature.initVerify(pair.getPublic());
        return () -> {
            signature.update(body);
            return signature.verify(raw);
        };
    }

    private static KeyPair pair(String name) throws GeneralSecurityException {
        String key = name.substring(name.indexOf("with") < 0 ? 0 : name.indexOf("with") + 4);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(key.equals("ECDSA") ? "EC" : key);
        if (key.equals("ECDSA")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (key.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Signed(String signature, byte[] body) implements AuthRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/in/bench";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("x-signature") ? List.of(signature) : List.of();
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }
    }
}
