/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.fetch.Fetch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Explains, offline, why a captured request passes or fails: it opens the stream's own verifier,
 * lets it decide, and writes down what it did. Where it refuses, usual mistakes are tried with the
 * same verifier. For commands and tests; never for senders. Main thread; reads secrets.
 */
public final class Explainer {

    private final SecretResolver secrets;
    private final Fetch documents;

    /**
     * @param documents what stands for the network: keys and certificates behind URLs
     */
    public Explainer(SecretResolver secrets, Fetch documents) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.documents = Objects.requireNonNull(documents, "documents");
    }

    /**
     * Explains one request, as of the instant at which it says that it arrived.
     *
     * @param others the other streams, by name, whose secrets may have signed it
     * @throws SecretUnavailableException if a secret of the stream cannot be had
     */
    public Explanation explain(
            AuthSettings settings, AuthRequest request, Map<String, AuthSettings> others)
            throws SecretUnavailableException {
        Verifier verifier = open(settings, request);
        StepLines steps = new StepLines();
        Decision decision = verifier.verify(request, steps);
        List<String> advice =
                decision instanceof Denied denied && !Combinations.is(settings)
                        ? new Advice(this, settings, request, denied, steps).lines(others)
                        : ofMembers(settings, request, others, decision);
        return new Explanation(decision, steps.lines(), advice);
    }

    /** What each member of a combination that denies advises, under its name. */
    private List<String> ofMembers(
            AuthSettings settings,
            AuthRequest request,
            Map<String, AuthSettings> others,
            Decision decision)
            throws SecretUnavailableException {
        List<String> lines = new ArrayList<>();
        if (decision instanceof Denied) {
            for (AuthMember member : settings.members()) {
                for (String line : explain(member.settings(), request, others).advice()) {
                    lines.add(member.name() + ": " + line);
                }
            }
        }
        return lines;
    }

    SecretResolver secrets() {
        return secrets;
    }

    /** A verifier that has what the request needs of documents, as far as they can be had. */
    Verifier open(AuthSettings settings, AuthRequest request) throws SecretUnavailableException {
        return open(settings, request, secrets);
    }

    Verifier open(AuthSettings settings, AuthRequest request, SecretResolver resolver)
            throws SecretUnavailableException {
        InstantSource clock = InstantSource.fixed(request.receivedAt());
        Verifier verifier = AuthSchemes.verifier(settings, resolver, clock, documents);
        // What it asks for now is here when it is asked again, as when a vendor sends again.
        verifier.refresh();
        verifier.verify(request);
        return verifier;
    }
}
