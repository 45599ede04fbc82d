/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.Verifier;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** GitHub's signature over 1 KB, beside a MAC over the same bytes by a key that is ready. */
@State(Scope.Thread)
public class SignatureCheck {

    private static final String KEY = "a-secret-of-the-benchmark";

    private final byte[] body = Pieces.body();
    private Mac mac;
    private Verifier verifier;
    private AuthRequest request;

    @Setup
    public void open() throws Exception {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        AuthSettings settings = AuthSettings.of("github", SecretRef.parse("env:KEY"));
        LocalSecrets secrets = new LocalSecrets(Path.of(""), name -> KEY);
        verifier = AuthSchemes.verifier(settings, secrets);
        Map<String, String> headers = new HashMap<>();
        AuthSchemes.signer(settings, secrets)
                .sign(body, Instant.now())
                .forEach(
                        (name, value) ->
                                headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        request = new Signed(headers, body);
        if (verifier.verify(request) instanceof Denied denied) {
            throw new IllegalStateException(denied.toString());
        }
    }

    @Benchmark
    public byte[] bare() {
        return mac.doFinal(body);
    }

    /** As a request pays for it: once before its body is read, once after. */
    @Benchmark
    public Decision verify() {
        return verifier.precheck(request).<Decision>map(denied -> denied).orElseGet(this::decide);
    }

    private Decision decide() {
        return verifier.verify(request);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Signed(Map<String, String> lines, byte[] body) implements AuthRequest {
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
            String value = lines.get(name);
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }
    }
}
