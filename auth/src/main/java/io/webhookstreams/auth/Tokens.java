/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.HttpFetch;
import io.webhookstreams.auth.jwt.JwtKey;
import io.webhookstreams.auth.jwt.JwtKeys;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.jwt.JwtSettingsCheck;
import io.webhookstreams.auth.jwt.JwtSigner;
import io.webhookstreams.auth.jwt.JwtVerifier;
import io.webhookstreams.auth.jwt.KeySource;
import io.webhookstreams.auth.jwt.RemoteKeys;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens what verifies and signs with tokens: where their keys stand is known here. */
final class Tokens {

    private static final String FILE = "file:";

    private Tokens() {}

    static boolean areTakenBy(AuthSettings settings) {
        return AuthSchemes.JWT.equals(settings.type())
                || preset(settings).filter(p -> p.builtIn() == BuiltIn.JWT).isPresent();
    }

    static List<String> problems(AuthSettings settings) {
        List<String> pinned = preset(settings).map(Preset::pinnedClaims).orElse(List.of());
        JwtSettings jwt = said(settings);
        List<String> problems = new ArrayList<>(JwtSettingsCheck.problems(jwt, pinned));
        int secrets = settings.secrets().size();
        boolean fits = jwt.isShared() ? secrets > 0 : secrets == 0;
        if (!fits || secrets > SettingsCheck.MAX_SECRETS) {
            problems.add(
                    "auth.secrets: %d references (expected: %s)"
                            .formatted(
                                    secrets,
                                    jwt.isShared()
                                            ? "1 to " + SettingsCheck.MAX_SECRETS + " with HS…"
                                            : "0, the public keys stand in auth.jwt.jwks"));
        }
        return problems;
    }

    static Verifier verifier(
            AuthSettings settings, SecretResolver resolver, InstantSource clock, Fetch fetch)
            throws SecretUnavailableException {
        JwtSettings jwt = effective(settings);
        return new JwtVerifier(settings.type(), jwt, keys(settings, jwt, resolver, clock, fetch));
    }

    /**
     * The first secret signs: with public keys a private one, whose reference is named as the key's
     * id.
     */
    static Signer signer(AuthSettings settings, SecretResolver resolver, Supplier<String> ids)
            throws SecretUnavailableException {
        JwtSettings jwt = effective(settings);
        AuthSettings verifying = jwt.isShared() ? settings : settings.with(List.of());
        List<String> problems = new ArrayList<>(AuthSchemes.problems(verifying));
        if (settings.secrets().isEmpty()) {
            problems.add(
                    "auth.secrets: 0 references (expected: to sign a token, a private key, KID=file:PATH)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        SecretRef ref = settings.secrets().get(0);
        byte[] secret = resolver.resolve(ref).bytes();
        byte[] key = jwt.isShared() ? secret : KeyBytes.pem(ref, secret, "PRIVATE KEY");
        try {
            return JwtSigner.open(ref.name(), key, jwt, ids);
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(ref, e.getMessage());
        }
    }

    private static KeySource keys(
            AuthSettings settings,
            JwtSettings jwt,
            SecretResolver resolver,
            InstantSource clock,
            Fetch fetch)
            throws SecretUnavailableException {
        if (jwt.isShared()) {
            return new SharedTokenKeys(
                    KeyRing.open(
                            settings.secrets(),
                            resolver,
                            (ref, secret) -> shared(ref, secret, jwt),
                            clock));
        }
        if (isFile(jwt)) {
            List<SecretRef> file = List.of(SecretRef.parse(jwt.jwks()));
            KeyRing<JwtKeys> ring = KeyRing.open(file, resolver, Tokens::set, clock);
            return new FileTokenKeys(ring);
        }
        Fetch source = fetch == null ? HttpFetch.configured() : fetch;
        return new RemoteKeys(URI.create(jwt.jwks()), jwt, source, System::nanoTime);
    }

    private static boolean isFile(JwtSettings jwt) {
        return jwt.jwks().startsWith(FILE) || jwt.jwks().contains("=" + FILE);
    }

    private static JwtKey shared(SecretRef ref, Secret secret, JwtSettings jwt)
            throws SecretUnavailableException {
        try {
            return JwtKey.shared(secret.name(), secret.bytes(), jwt);
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(ref, e.getMessage());
        }
    }

    private static JwtKeys set(SecretRef ref, Secret json) throws SecretUnavailableException {
        try {
            return JwtKeys.parse(json.bytes());
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(ref, e.getMessage());
        }
    }

    private static JwtSettings effective(AuthSettings settings) {
        return said(settings).inTenant();
    }

    private static JwtSettings said(AuthSettings settings) {
        return settings.jwt().over(preset(settings).map(Preset::jwt).orElse(JwtSettings.EMPTY));
    }

    private static Optional<Preset> preset(AuthSettings settings) {
        return Optional.ofNullable(settings.type()).flatMap(Presets::named);
    }
}
