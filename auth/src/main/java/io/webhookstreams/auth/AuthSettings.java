/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.vendor.VendorSettings;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one stream's requests are verified. Serializable, and free of secrets: it travels in the job
 * graph. Holds whatever a configuration says; {@link AuthSchemes#problems} judges it.
 *
 * @param type one of {@link AuthSchemes#types()}; null where a configuration leaves it out
 * @param secrets the references, newest first: any of them verifies, the first one signs; never
 *     null
 * @param tolerancePast how old a signed time may be; null for the vendor's own rule
 * @param toleranceFuture how far ahead a signed time may be; null for the vendor's own rule
 * @param publicUrl scheme, host and port as senders see them, without a slash at the end, for
 *     vendors that sign the URL; null where it is not configured
 * @param jwt which tokens are taken, where the type takes tokens; never null
 * @param clients whose certificates are let in by {@code mtls}; never null
 * @param vendor what the vendor's verifier needs to be told; never null
 * @param schemes how {@code custom} requests are signed; empty for other types
 * @param members what {@code any-of} and {@code all-of} combine; empty for other types
 */
public record AuthSettings(
        String type,
        List<SecretRef> secrets,
        Duration tolerancePast,
        Duration toleranceFuture,
        String publicUrl,
        JwtSettings jwt,
        ClientSettings clients,
        VendorSettings vendor,
        List<SignatureScheme> schemes,
        List<AuthMember> members)
        implements Serializable {

    public AuthSettings {
        secrets = List.copyOf(secrets);
        Objects.requireNonNull(jwt, "jwt");
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(vendor, "vendor");
        schemes = List.copyOf(schemes);
        members = List.copyOf(members);
    }

    /** Settings that say nothing of tokens, clients, topics and schemes of their own. */
    public AuthSettings(
            String type,
            List<SecretRef> secrets,
            Duration tolerancePast,
            Duration toleranceFuture,
            String publicUrl) {
        this(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                JwtSettings.EMPTY,
                ClientSettings.EMPTY,
                VendorSettings.EMPTY,
                List.of(),
                List.of());
    }

    /** Settings with the vendor's own tolerances. */
    public static AuthSettings of(String type, SecretRef... secrets) {
        return new AuthSettings(type, List.of(secrets), null, null, null);
    }

    /** The same under that public URL; null for none. */
    public AuthSettings at(String url) {
        return new AuthSettings(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                url,
                jwt,
                clients,
                vendor,
                schemes,
                members);
    }

    /** The same with other secrets. */
    public AuthSettings with(List<SecretRef> others) {
        return new AuthSettings(
                type,
                others,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                jwt,
                clients,
                vendor,
                schemes,
                members);
    }

    /** The same for these tokens. */
    public AuthSettings with(JwtSettings tokens) {
        return new AuthSettings(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                tokens,
                clients,
                vendor,
                schemes,
                members);
    }

    /** The same for this account of the vendor. */
    public AuthSettings with(VendorSettings account) {
        return new AuthSettings(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                jwt,
                clients,
                account,
                schemes,
                members);
    }

    /** The same with these schemes in place of a vendor's. */
    public AuthSettings signedBy(List<SignatureScheme> own) {
        return new AuthSettings(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                jwt,
                clients,
                vendor,
                own,
                members);
    }

    /** The same with these members. */
    public AuthSettings combining(List<AuthMember> others) {
        return new AuthSettings(
                type,
                secrets,
                tolerancePast,
                toleranceFuture,
                publicUrl,
                jwt,
                clients,
                vendor,
                schemes,
                others);
    }

    /** Whether it is of that type, or one of its members is. */
    public boolean asksFor(String other) {
        return other.equals(type)
                || members.stream().anyMatch(member -> other.equals(member.settings().type()));
    }

    /** What is known of the type: the vendor's preset, or one of its own schemes. */
    Optional<Preset> preset() {
        if (type == null) {
            return Optional.empty();
        }
        return type.equals(AuthSchemes.CUSTOM) && !schemes.isEmpty()
                ? Optional.of(Preset.ofNobody(type, schemes))
                : Presets.named(type);
    }

    Site site() {
        return new Site(publicUrl);
    }
}
