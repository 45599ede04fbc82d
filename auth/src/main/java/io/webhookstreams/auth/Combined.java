/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Verifies by several verifiers, in the order of their names. Of all, every one must verify; of
 * any, the first that does decides. A denial that is ours to mend counts where it alone keeps the
 * request out: of any, whenever there is one; of all, where nothing else is wrong.
 *
 * <p>A secret is named {@code MEMBER/SECRET}, so that those of two members are told apart.
 */
final class Combined implements Verifier {

    /** Between a member's name and that of its secret; in neither of them. */
    static final String SEPARATOR = "/";

    private static final String AND = "+";

    private final String scheme;
    private final boolean all;
    private final Map<String, Verifier> members;

    /**
     * Combines.
     *
     * @param members by their names, in the order in which they are asked
     */
    Combined(String scheme, boolean all, Map<String, Verifier> members) {
        this.scheme = scheme;
        this.all = all;
        this.members = new LinkedHashMap<>(members);
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public Optional<Denied> precheck(AuthRequest headersOnly) {
        Denied denied = null;
        for (Verifier member : members.values()) {
            Denied next = member.precheck(headersOnly).orElse(null);
            if (next == null && !all) {
                return Optional.empty();
            }
            denied = stronger(denied, next);
            if (isFinal(denied)) {
                break;
            }
        }
        return Optional.ofNullable(denied);
    }

    @Override
    public Decision verify(AuthRequest request, Trace trace) {
        Denied denied = null;
        List<Verified> verified = new ArrayList<>();
        for (Map.Entry<String, Verifier> member : members.entrySet()) {
            trace.fact("member", member.getKey());
            Decision next = member.getValue().verify(request, trace);
            if (next instanceof Verified good) {
                Verified named = new Verified(good.scheme(), secretName(member.getKey(), good));
                if (!all) {
                    return named;
                }
                verified.add(named);
            } else {
                denied = stronger(denied, (Denied) next);
                if (isFinal(denied)) {
                    break;
                }
            }
        }
        return denied == null ? together(verified) : denied;
    }

    @Override
    public Set<String> credentialHeaders() {
        return union(Verifier::credentialHeaders);
    }

    @Override
    public Set<String> credentialQueryParameters() {
        return union(Verifier::credentialQueryParameters);
    }

    /** One field may hold several challenges (RFC 9110, 11.6.1). */
    @Override
    public String challenge() {
        return members.values().stream()
                .map(Verifier::challenge)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    public void refresh() {
        members.values().forEach(Verifier::refresh);
    }

    @Override
    public List<SecretStatus> secrets() {
        List<SecretStatus> secrets = new ArrayList<>();
        members.forEach(
                (name, member) -> member.secrets().forEach(secret -> secrets.add(secret.of(name))));
        return List.copyOf(secrets);
    }

    /** By the member that knows such handshakes, if it has signed this one. */
    @Override
    public Confirmation confirm(AuthRequest request, String url, boolean mayFetch) {
        for (Verifier member : members.values()) {
            Confirmation confirmation = member.confirm(request, url, mayFetch);
            if (confirmation != Confirmation.REFUSED) {
                return confirmation;
            }
        }
        return Confirmation.REFUSED;
    }

    private Denied stronger(Denied one, Denied other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.cause().isRetryable() != other.cause().isRetryable()) {
            return one.cause().isRetryable() == all ? other : one;
        }
        // What the sender has tried tells more than what it has left out.
        return one.cause() == Cause.MISSING_CREDENTIAL ? other : one;
    }

    /** Whether no other member can change it. */
    private boolean isFinal(Denied denied) {
        return all && denied != null && !denied.cause().isRetryable();
    }

    private Set<String> union(Function<Verifier, Set<String>> names) {
        Set<String> union = new HashSet<>();
        members.values().forEach(member -> union.addAll(names.apply(member)));
        return Set.copyOf(union);
    }

    private static String secretName(String member, Verified verified) {
        return verified.secretName().equals(Verified.NO_SECRET)
                ? member
                : member + SEPARATOR + verified.secretName();
    }

    private static Verified together(List<Verified> verified) {
        return new Verified(
                joined(verified, Verified::scheme), joined(verified, Verified::secretName));
    }

    private static String joined(List<Verified> verified, Function<Verified, String> part) {
        return verified.stream().map(part).collect(Collectors.joining(AND));
    }
}
