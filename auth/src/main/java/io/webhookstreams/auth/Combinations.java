/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.vendor.VendorSettings;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Judges and opens what is verified in several ways. */
final class Combinations {

    /** Each may cost a request a signature. */
    private static final int MAX_MEMBERS = 4;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,30}");

    private Combinations() {}

    static boolean is(AuthSettings settings) {
        return AuthSchemes.ANY_OF.equals(settings.type())
                || AuthSchemes.ALL_OF.equals(settings.type());
    }

    static List<String> problems(AuthSettings settings) {
        List<String> problems = new ArrayList<>();
        int count = settings.members().size();
        if (count < 2 || count > MAX_MEMBERS) {
            problems.add(
                    "auth.of: %d members (expected: 2 to %d, such as auth.of.NAME.type)"
                            .formatted(count, MAX_MEMBERS));
        }
        if (saysMore(settings)) {
            problems.add(
                    "auth.type: %s (expected: all other settings below auth.of.NAME)"
                            .formatted(settings.type()));
        }
        settings.members().forEach(member -> addProblems(member, problems));
        return problems;
    }

    /**
     * Opens every member.
     *
     * @param fetch where keys and certificates behind URLs come from; null for the network
     */
    static Verifier verifier(
            AuthSettings settings, SecretResolver resolver, InstantSource clock, Fetch fetch)
            throws SecretUnavailableException {
        Map<String, Verifier> members = new LinkedHashMap<>();
        for (AuthMember member : settings.members()) {
            members.put(
                    member.name(), AuthSchemes.verifier(member.settings(), resolver, clock, fetch));
        }
        return new Combined(settings.type(), settings.type().equals(AuthSchemes.ALL_OF), members);
    }

    /** A client certificate belongs to the connection: its member signs nothing. */
    static Signer signer(AuthSettings settings, SecretResolver resolver, Supplier<String> ids)
            throws SecretUnavailableException {
        List<Signer> signers = new ArrayList<>();
        for (AuthMember member : settings.members()) {
            boolean enough = settings.type().equals(AuthSchemes.ANY_OF) && !signers.isEmpty();
            if (!enough && !AuthSchemes.MTLS.equals(member.settings().type())) {
                signers.add(AuthSchemes.signer(member.settings(), resolver, ids));
            }
        }
        if (signers.isEmpty()) {
            throw new IllegalArgumentException(
                    "auth.of: mtls only (expected: a member that signs requests)");
        }
        return new CombinedSigner(signers);
    }

    /** Of all, one signature is enough to cover a place; of any, each must. */
    static boolean leavesUnsigned(AuthSettings settings, ValueLocation location) {
        List<AuthSettings> signing =
                settings.members().stream()
                        .map(AuthMember::settings)
                        .filter(member -> member.preset().filter(Preset::signs).isPresent())
                        .toList();
        return settings.type().equals(AuthSchemes.ALL_OF)
                ? !signing.isEmpty()
                        && signing.stream()
                                .allMatch(one -> AuthSchemes.leavesUnsigned(one, location))
                : signing.stream().anyMatch(one -> AuthSchemes.leavesUnsigned(one, location));
    }

    private static void addProblems(AuthMember member, List<String> problems) {
        String prefix = "auth.of." + member.name() + ".";
        String type = member.settings().type();
        if (!NAME.matcher(member.name()).matches()) {
            problems.add(
                    "auth.of: %s (expected: names that match %s)"
                            .formatted(SafeText.capped(member.name(), 40), NAME.pattern()));
        } else if (is(member.settings()) || AuthSchemes.NONE.equals(type)) {
            problems.add(prefix + "type: " + type + " (expected: a type that verifies by itself)");
        } else {
            AuthSchemes.problems(member.settings())
                    .forEach(problem -> problems.add(prefix + problem.substring("auth.".length())));
        }
    }

    private static boolean saysMore(AuthSettings settings) {
        return !settings.secrets().isEmpty()
                || settings.tolerancePast() != null
                || settings.toleranceFuture() != null
                || !settings.jwt().equals(JwtSettings.EMPTY)
                || !settings.clients().equals(ClientSettings.EMPTY)
                || !settings.vendor().equals(VendorSettings.EMPTY)
                || !settings.schemes().isEmpty();
    }
}
