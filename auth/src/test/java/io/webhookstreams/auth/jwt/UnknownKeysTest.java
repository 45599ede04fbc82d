/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Presets;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class UnknownKeysTest {

    private final List<String> told = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final UnknownKeys unknown = new UnknownKeys(told::add, nanos::get);

    @Test
    void a_flood_of_ids_is_told_of_once_a_second() {
        for (int i = 0; i < 1_000; i++) {
            unknown.seen("made-up-" + i);
        }
        assertThat(told).containsExactly("made-up-0");

        nanos.addAndGet(UnknownKeys.PAUSE.toNanos() - 1);
        unknown.seen("early");
        nanos.incrementAndGet();
        unknown.seen("6c5516e1-92dc-479e-a8ff-5a51992e0001");
        assertThat(told).containsExactly("made-up-0", "6c5516e1-92dc-479e-a8ff-5a51992e0001");
    }

    /** As a job does that asks Plaid for the keys that are missing here. */
    @Test
    void the_id_that_a_token_names_and_no_key_has_is_told() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("plaid-key").build();
        SignedJWT token = new SignedJWT(header, new JWTClaimsSet.Builder().build());
        token.sign(new ECDSASigner(key));
        JwtVerifier verifier =
                new JwtVerifier(
                        "plaid", Presets.named("plaid").orElseThrow().jwt(), new NoKeys(), unknown);

        assertThat(verifier.precheck(new Headers(token.serialize()))).isPresent();
        assertThat(told).containsExactly("plaid-key");
    }

    /** A set without any key. */
    private static final class NoKeys implements KeySource {

        @Override
        public Found find(JWSHeader header, Instant receivedAt) {
            return Found.none(Missing.UNKNOWN);
        }

        @Override
        public boolean needsKeyId() {
            return true;
        }

        @Override
        public void refresh() {}
    }

    /** The headers of a request with that token. */
    private record Headers(String token) implements AuthRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("plaid-verification") ? List.of(token) : List.of();
        }

        @Override
        public byte[] body() {
            throw new IllegalStateException("not read yet");
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-03-01T12:00:00Z");
        }
    }

    @Test
    void what_could_not_be_an_id_is_not_told_and_takes_nobodys_turn() {
        unknown.seen(null);
        unknown.seen("");
        unknown.seen("a\nERROR forged line");
        unknown.seen("\u001b[31m");
        unknown.seen("a".repeat(101));
        unknown.seen("a".repeat(100));

        assertThat(told).containsExactly("a".repeat(100));
    }
}
