/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.SignatureScheme.KeyDecoding;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks for the usual mistake behind a refusal. Each is tried with a verifier, never guessed; for
 * one refused request.
 */
final class Advice {

    private static final Set<Cause> TIMES =
            Set.of(Cause.TIMESTAMP_TOO_OLD, Cause.TIMESTAMP_TOO_NEW);
    private static final Duration PLAUSIBLE = Duration.ofDays(366);
    private static final SignatureScheme.Key AS_IT_IS =
            new SignatureScheme.Key(KeyDecoding.UTF8, null);

    private final Explainer explainer;
    private final AuthSettings settings;
    private final AuthRequest request;
    private final Denied denied;
    private final StepLines steps;
    private final List<String> lines = new ArrayList<>();

    Advice(
            Explainer explainer,
            AuthSettings settings,
            AuthRequest request,
            Denied denied,
            StepLines steps) {
        this.explainer = explainer;
        this.settings = settings;
        this.request = request;
        this.denied = denied;
        this.steps = steps;
    }

    List<String> lines(Map<String, AuthSettings> others) {
        if (AuthSchemes.MTLS.equals(settings.type())) {
            lines.add(
                    "with mtls the connection decides: the certificate that the client showed at"
                            + " the TLS handshake is in no header, so that no captured request can"
                            + " tell (see docs/mtls.md)");
            return lines;
        }
        units();
        Altered base = inTime();
        if (base == null) {
            return lines;
        }
        switch (denied.cause()) {
            case MISSING_CREDENTIAL, MISSING_CONTENT ->
                    lines.addAll(MissingHeaders.advice(settings, request));
            case KEY_PENDING, SECRET_UNAVAILABLE -> documents();
            default -> {}
        }
        int before = lines.size();
        bodies(base);
        targets(base);
        secrets(base);
        streams(base, others);
        if (lines.size() == before && denied.cause() == Cause.NO_MATCH) {
            lines.add(
                    "no usual mistake explains it: other line ends and blanks of the body, other"
                            + " readings of the secret, other spellings of the URL and the secrets"
                            + " of the other streams do not match either; is it the secret that"
                            + " the sender shows for this very endpoint?");
        }
        return lines;
    }

    /** The request as of when it was signed; null where nothing else is wrong with it. */
    private Altered inTime() {
        if (!TIMES.contains(denied.cause()) || steps.signedAt() == null) {
            return Altered.at(request.receivedAt(), request);
        }
        Altered then = Altered.at(steps.signedAt(), request);
        if (passes(settings, then)) {
            lines.add(
                    "only the time is wrong: as of "
                            + steps.signedAt()
                            + " it passes (--at "
                            + steps.signedAt()
                            + "); in operation look at both clocks, at queues on the way, and at"
                            + " auth.tolerance");
            return null;
        }
        return then;
    }

    private void units() {
        String text = steps.timeText();
        boolean late = TIMES.contains(denied.cause()) || steps.signedAt() == null;
        if (text == null || !late) {
            return;
        }
        for (TimeFormat format : TimeFormat.values()) {
            Optional<Instant> other =
                    format.parse(text)
                            .filter(t -> !t.equals(steps.signedAt()))
                            .filter(this::isNear);
            other.ifPresent(
                    t ->
                            lines.add(
                                    "the time reads as "
                                            + t
                                            + " when it is taken as "
                                            + format
                                            + ": the sender writes another unit than "
                                            + settings.type()
                                            + " has"));
        }
    }

    private boolean isNear(Instant instant) {
        return Duration.between(instant, request.receivedAt()).abs().compareTo(PLAUSIBLE) < 0;
    }

    private void bodies(Altered base) {
        BodyVariants.of(base.body())
                .forEach(
                        (how, body) -> {
                            if (passes(settings, base.with(body))) {
                                lines.add(
                                        "the body would match "
                                                + how
                                                + ": something between the sender and the captured"
                                                + " file has changed it");
                            }
                        });
    }

    /** Where the URL is signed. */
    private void targets(Altered base) {
        boolean signsUrl =
                preset().stream()
                        .flatMap(p -> p.schemes().stream())
                        .anyMatch(s -> s.content() != null && s.content().contains("{url}"));
        if (!signsUrl || settings.publicUrl() == null) {
            return;
        }
        String url = settings.publicUrl();
        String other =
                url.startsWith("https:")
                        ? url.replaceFirst("https", "http")
                        : url.replaceFirst("http", "https");
        if (passes(settings.at(other), base)) {
            lines.add("the URL would match with " + other + ": set listener.public-url so");
        }
        if (base.query() != null && passes(settings, base.withQuery(null))) {
            lines.add("the URL would match without its query");
        }
    }

    private void secrets(Altered base) {
        if (settings.secrets().isEmpty()) {
            return;
        }
        for (SecretRef ref : settings.secrets()) {
            SecretVariants.all().entrySet().stream()
                    .filter(reading -> passesRead(ref, reading.getValue(), base))
                    .findFirst()
                    .ifPresent(
                            reading ->
                                    lines.add(
                                            "secret "
                                                    + ref.name()
                                                    + " would match if the key were "
                                                    + reading.getKey()
                                                    + ": "
                                                    + settings.type()
                                                    + " reads it in another way, so that it must"
                                                    + " hold another text"));
        }
    }

    private boolean passesRead(SecretRef ref, Function<String, byte[]> reading, Altered base) {
        SecretResolver resolver = SecretVariants.reading(explainer.secrets(), reading);
        return passes(() -> openReading(settings.with(List.of(ref)), base, resolver), base);
    }

    /** With schemes, the key is what the reading gives and nothing is decoded after it. */
    private Verifier openReading(AuthSettings one, AuthRequest base, SecretResolver reading)
            throws SecretUnavailableException {
        if (preset().filter(p -> p.builtIn() == null).isEmpty()) {
            return explainer.open(one, base, reading);
        }
        Preset known =
                AuthSchemes.preset(settings)
                        .with(settings.tolerancePast(), settings.toleranceFuture());
        List<SignatureScheme> schemes =
                known.schemes().stream()
                        .map(s -> s.algorithm().isKeyPair() ? s : s.with(AS_IT_IS))
                        .toList();
        return DeclarativeVerifier.open(
                known.with(schemes),
                settings.site(),
                one.secrets(),
                reading,
                InstantSource.fixed(base.receivedAt()));
    }

    private void streams(Altered base, Map<String, AuthSettings> others) {
        others.forEach(
                (name, other) -> {
                    boolean sameType = other.type().equals(settings.type());
                    if (sameType) {
                        // One by one: another that cannot be read must not hide this one.
                        other.secrets().stream()
                                .filter(ref -> !settings.secrets().contains(ref))
                                .filter(ref -> passes(settings.with(List.of(ref)), base))
                                .forEach(
                                        ref ->
                                                lines.add(
                                                        "it was made with secret "
                                                                + ref.name()
                                                                + " of stream "
                                                                + name));
                    } else if (!other.type().equals(AuthSchemes.NONE) && passes(other, base)) {
                        lines.add("it passes at stream " + name + ", of auth.type " + other.type());
                    }
                });
    }

    private void documents() {
        lines.add(
                "this runs offline: a document behind a URL that is named above or in"
                        + " auth.jwt.jwks must be fetched by hand (curl) and given with --fetched");
    }

    private Optional<Preset> preset() {
        return settings.preset();
    }

    private boolean passes(AuthSettings with, AuthRequest other) {
        return passes(() -> explainer.open(with, other), other);
    }

    private static boolean passes(Opening opening, AuthRequest other) {
        try {
            return opening.open().verify(other) instanceof Verified;
        } catch (SecretUnavailableException | IllegalArgumentException e) {
            // Not a key of this scheme, or settings that do not fit: then it is not that.
            return false;
        }
    }

    /** Opens a verifier of what may have been meant. */
    @FunctionalInterface
    private interface Opening {
        Verifier open() throws SecretUnavailableException;
    }
}
