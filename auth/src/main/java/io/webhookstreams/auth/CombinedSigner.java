/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.List;

/** Signs as every one of several signers does, one after the other. */
final class CombinedSigner implements Signer {

    private final List<Signer> signers;

    CombinedSigner(List<Signer> signers) {
        this.signers = List.copyOf(signers);
    }

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        Outgoing signed = draft;
        for (Signer signer : signers) {
            signed = signer.sign(signed, now, id);
        }
        return signed;
    }

    @Override
    public String newId() {
        return signers.get(0).newId();
    }
}
