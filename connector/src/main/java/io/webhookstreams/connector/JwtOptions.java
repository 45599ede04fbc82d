/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.auth.jwt.JwtSettings;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;
import java.util.List;

/** Options of a stream whose senders prove themselves with JSON Web Tokens; see docs/jwt.md. */
@PublicEvolving
public final class JwtOptions {

    public static final ConfigOption<String> JWKS =
            ConfigOptions.key("auth.jwt.jwks")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The public keys as a JWK set: `file:PATH`, read again when it changes,"
                                    + " or `https://…`, fetched in the background. Required with"
                                    + " [tokens](jwt.md), except with `HS…`, whose secret stands in"
                                    + " `auth.secrets`.");

    public static final ConfigOption<String> ISSUER =
            ConfigOptions.key("auth.jwt.issuer")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What `iss` must be, exactly. Required with tokens, unless they are"
                                    + " bound to the body. Default: the preset's.");

    public static final ConfigOption<List<String>> AUDIENCE =
            ConfigOptions.key("auth.jwt.audience")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "One of these must be in `aud`. Required with tokens, unless they are"
                                    + " bound to the body.");

    public static final ConfigOption<List<String>> ALGORITHMS =
            ConfigOptions.key("auth.jwt.algorithms")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "The algorithms that are taken, whatever a token says: of `RS256`,"
                                    + " `PS256`, `ES256`, their 384 and 512, or else of `HS256`,"
                                    + " `HS384`, `HS512`. Required with tokens. Default: the"
                                    + " preset's.");

    public static final ConfigOption<Duration> LEEWAY =
            ConfigOptions.key("auth.jwt.leeway")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far the issuer's clock and this one may differ, for `exp`, `nbf`"
                                    + " and an `iat` ahead; up to 10 min. Default: 1 min.");

    public static final ConfigOption<Duration> MAX_AGE =
            ConfigOptions.key("auth.jwt.max-age")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How old `iat` may be, which must be there then. Default: the preset's,"
                                    + " or any age; then `exp` must be there.");

    public static final ConfigOption<List<String>> CLAIMS =
            ConfigOptions.key("auth.jwt.claims")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Claims that must be there, `NAME`, or be equal, `NAME=VALUE`; of a"
                                    + " claim with several values one must be. Added to the"
                                    + " preset's.");

    public static final ConfigOption<List<String>> SCOPES =
            ConfigOptions.key("auth.jwt.scopes")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription("All of these must be in `scope` or `scp`.");

    public static final ConfigOption<String> BODY_HASH_CLAIM =
            ConfigOptions.key("auth.jwt.body-hash-claim")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The claim that holds the SHA-256 of the body in hex. Default: the"
                                    + " preset's, or none: then a token says nothing of the body.");

    public static final ConfigOption<String> HEADER =
            ConfigOptions.key("auth.jwt.header")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The header that holds the token alone. Default: the preset's, or"
                                    + " `Authorization`, where it follows `Bearer`.");

    public static final ConfigOption<Duration> REFRESH_INTERVAL =
            ConfigOptions.key("auth.jwt.refresh-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How often keys behind a URL are fetched; at least 30 s. A token with an"
                                    + " unknown key is a reason too, at most every 30 s. Default: 5"
                                    + " min.");

    public static final ConfigOption<Duration> OUTAGE_TOLERANCE =
            ConfigOptions.key("auth.jwt.outage-tolerance")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long keys are used past `auth.jwt.refresh-interval` while they"
                                    + " cannot be fetched; after that requests get 503. Default: 6"
                                    + " h.");

    public static final ConfigOption<String> TENANT =
            ConfigOptions.key("auth.jwt.tenant")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "With `entra-id` and `entra-id-v1`, required: the tenant's id, a GUID in"
                                    + " lower case. Issuer and keys are the tenant's.");

    private JwtOptions() {}

    /** Reads one option. */
    @Internal
    @FunctionalInterface
    public interface Reader {
        <T> T read(ConfigOption<T> option);
    }

    /** What the options say together, unjudged. */
    @Internal
    public static JwtSettings settings(Reader options) {
        return new JwtSettings(
                options.read(JWKS),
                options.read(ISSUER),
                options.read(AUDIENCE),
                options.read(ALGORITHMS),
                options.read(LEEWAY),
                options.read(MAX_AGE),
                options.read(CLAIMS),
                options.read(SCOPES),
                options.read(BODY_HASH_CLAIM),
                options.read(HEADER),
                options.read(REFRESH_INTERVAL),
                options.read(OUTAGE_TOLERANCE),
                options.read(TENANT));
    }
}
