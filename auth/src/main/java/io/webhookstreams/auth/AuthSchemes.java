/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All types of authentication: {@code none}, {@code bearer}, {@code jwt}, {@code mtls}, {@code
 * custom}, and one per {@link Preset}. {@link #problems} runs where a job is built; {@link
 * #verifier} where requests arrive, for it reads secrets.
 */
public final class AuthSchemes {

    /** Everyone is let in; must be spelled out. */
    public static final String NONE = "none";

    /** {@code Authorization: Bearer TOKEN}. */
    public static final String BEARER = "bearer";

    /** A signed JSON Web Token, as {@link AuthSettings#jwt} says. */
    public static final String JWT = "jwt";

    /** A client certificate whose name the stream lists. */
    public static final String MTLS = "mtls";

    /** A signature that the configuration describes, as {@link AuthSettings#schemes} say. */
    public static final String CUSTOM = "custom";

    /** One of several, as {@link AuthSettings#members} say. */
    public static final String ANY_OF = "any-of";

    /** Every one of several. */
    public static final String ALL_OF = "all-of";

    private AuthSchemes() {}

    /** The known types, sorted. */
    public static Set<String> types() {
        Set<String> types = new TreeSet<>(Set.of(NONE, BEARER, JWT, MTLS, CUSTOM, ANY_OF, ALL_OF));
        Presets.all().forEach(preset -> types.add(preset.name()));
        return Collections.unmodifiableSet(types);
    }

    /**
     * Everything wrong with these settings, each as {@code auth.NAME: value (expected: …)}; empty
     * if nothing is. Reads no secret.
     */
    public static List<String> problems(AuthSettings settings) {
        return SettingsCheck.problems(settings);
    }

    /**
     * Opens the verifier of a stream. Reads its secrets, all of which must be there that are within
     * their time.
     *
     * @throws IllegalArgumentException if the settings have {@link #problems}
     * @throws SecretUnavailableException if a secret cannot be had or is no key of this scheme
     */
    public static Verifier verifier(AuthSettings settings, SecretResolver resolver)
            throws SecretUnavailableException {
        return verifier(settings, resolver, InstantSource.system());
    }

    /**
     * As {@link #verifier(AuthSettings, SecretResolver)}, with the clock by which secrets come into
     * and go out of their time between requests; a request is judged by when it arrived.
     */
    public static Verifier verifier(
            AuthSettings settings, SecretResolver resolver, InstantSource clock)
            throws SecretUnavailableException {
        return verifier(settings, resolver, clock, null);
    }

    /**
     * @param fetch where keys and certificates behind URLs come from; null for the network
     */
    static Verifier verifier(
            AuthSettings settings, SecretResolver resolver, InstantSource clock, Fetch fetch)
            throws SecretUnavailableException {
        requireSound(settings);
        if (Combinations.is(settings)) {
            return Combinations.verifier(settings, resolver, clock, fetch);
        }
        if (Tokens.areTakenBy(settings)) {
            return Tokens.verifier(settings, resolver, clock, fetch);
        }
        if (Vendors.verify(settings)) {
            return Vendors.verifier(settings, resolver, clock, fetch);
        }
        return switch (settings.type()) {
            case NONE -> new OpenVerifier(NONE);
            case MTLS -> new MtlsVerifier(MTLS, settings.clients());
            case BEARER ->
                    new BearerVerifier(
                            BEARER,
                            KeyRing.open(settings.secrets(), resolver, BearerToken::forge, clock));
            default ->
                    DeclarativeVerifier.open(
                            preset(settings)
                                    .with(settings.tolerancePast(), settings.toleranceFuture()),
                            settings.site(),
                            settings.secrets(),
                            resolver,
                            clock);
        };
    }

    /**
     * Opens a signer with the first secret of these settings and random event ids. Where vendors
     * sign with a key pair, that secret is the private half, PKCS #8 in PEM.
     *
     * @throws IllegalArgumentException if the settings have {@link #problems}
     * @throws SecretUnavailableException if the secret cannot be had or is no key of this scheme
     */
    public static Signer signer(AuthSettings settings, SecretResolver resolver)
            throws SecretUnavailableException {
        return signer(settings, resolver, () -> "msg_" + UUID.randomUUID());
    }

    /** As {@link #signer(AuthSettings, SecretResolver)}, with event ids of the caller's making. */
    public static Signer signer(
            AuthSettings settings, SecretResolver resolver, Supplier<String> ids)
            throws SecretUnavailableException {
        if (MTLS.equals(settings.type())) {
            throw new IllegalArgumentException(
                    "auth.type: mtls (expected: a type that signs requests; a client certificate"
                            + " belongs to the connection)");
        }
        if (Combinations.is(settings)) {
            return Combinations.signer(settings, resolver, ids);
        }
        if (Tokens.areTakenBy(settings)) {
            return Tokens.signer(settings, resolver, ids);
        }
        requireSound(settings);
        if (Vendors.verify(settings)) {
            throw Vendors.cannotSign(settings);
        }
        if (settings.type().equals(NONE)) {
            return new OpenSigner(ids);
        }
        SecretRef ref = settings.secrets().get(0);
        Secret secret = resolver.resolve(ref);
        if (settings.type().equals(BEARER)) {
            return new BearerSigner(secret, ids);
        }
        return DeclarativeSigner.open(preset(settings), settings.site(), ref, secret, ids);
    }

    /**
     * Whether requests are signed and the signature leaves that place out: whoever has captured one
     * request can send it again with something else there. False for types that sign nothing at
     * all, where the question does not arise.
     */
    public static boolean leavesUnsigned(AuthSettings settings, ValueLocation location) {
        if (Combinations.is(settings)) {
            return Combinations.leavesUnsigned(settings, location);
        }
        return settings.preset()
                .filter(Preset::signs)
                .filter(preset -> !preset.covers(location))
                .isPresent();
    }

    /**
     * Whether a request that was refused can be verified again without what must not be kept of it:
     * something of it is signed, and no token stands in its body.
     */
    public static boolean isWorthKeeping(AuthSettings settings) {
        List<Preset> presets =
                Stream.concat(
                                Stream.of(settings),
                                settings.members().stream().map(AuthMember::settings))
                        .flatMap(one -> one.preset().stream())
                        .toList();
        return presets.stream().anyMatch(one -> one.signs() && one.builtIn() != BuiltIn.JWT)
                && presets.stream().noneMatch(Preset::hasTokenInBody);
    }

    static Preset preset(AuthSettings settings) {
        return settings.preset().orElseThrow();
    }

    private static void requireSound(AuthSettings settings) {
        List<String> problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }
}
