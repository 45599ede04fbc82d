/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signs as the first of a preset's schemes that suits the request. Signed headers and the header of
 * the event's id carry the id.
 */
final class DeclarativeSigner implements Signer {

    private final String name;
    private final ValueLocation idLocation;
    private final List<SchemeSigner> schemes;
    private final Supplier<String> ids;

    private DeclarativeSigner(Preset preset, List<SchemeSigner> schemes, Supplier<String> ids) {
        this.name = preset.name();
        this.idLocation = preset.envelope().id();
        this.schemes = schemes;
        this.ids = ids;
    }

    /** For key pairs the secret is the private half. */
    static DeclarativeSigner open(
            Preset preset, Site site, SecretRef ref, Secret secret, Supplier<String> ids)
            throws SecretUnavailableException {
        List<SchemeSigner> schemes = new ArrayList<>();
        for (SignatureScheme scheme : preset.schemes()) {
            schemes.add(new SchemeSigner(scheme, site, SigningKey.forge(ref, secret, scheme)));
        }
        return new DeclarativeSigner(preset, List.copyOf(schemes), ids);
    }

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        boolean idInHeader = idLocation.kind() == ValueLocation.Kind.HEADER;
        Outgoing named = idInHeader ? draft.header(idLocation.name(), id) : draft;
        return schemeFor(draft).sign(named, now, id);
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now, String id) {
        if (schemes.stream().anyMatch(SchemeSigner::signsUrl)) {
            throw new IllegalArgumentException(
                    name + ": signs the URL (expected: the whole request, to sign it)");
        }
        return Signer.super.sign(body, now, id);
    }

    @Override
    public String newId() {
        return ids.get();
    }

    private SchemeSigner schemeFor(Outgoing draft) {
        return schemes.stream()
                .filter(scheme -> scheme.suits(draft))
                .findFirst()
                .or(() -> schemes.stream().filter(SchemeSigner::suitsOnceBound).findFirst())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        name
                                                + ": signs no request of this form (expected: one"
                                                + " that the vendor sends)"));
    }
}
