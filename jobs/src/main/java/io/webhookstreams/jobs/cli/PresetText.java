/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.BuiltIn;
import io.webhookstreams.auth.Envelope;
import io.webhookstreams.auth.Handshake;
import io.webhookstreams.auth.HandshakeRule;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Provenance;
import io.webhookstreams.auth.RetryAfterForm;
import io.webhookstreams.auth.SignatureScheme;
import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.auth.jwt.JwtSettings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is told of a preset, by the command and on the generated page: all of it from its record.
 */
public final class PresetText {

    private static final Pattern SIGNED_HEADER = Pattern.compile("\\{(header:[^}]+)}");

    private PresetText() {}

    /** Headings and what stands below them, in Markdown, in the order of the page. */
    public static Map<String, String> facts(Preset preset) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Proof", proofs(preset));
        if (preset.signs()) {
            facts.put("Age", ages(preset));
        }
        facts.put("Secret", preset.secret());
        String headers = headers(preset);
        if (!headers.isEmpty()) {
            facts.put("Headers", headers);
        }
        facts.put("Event", event(preset.envelope()));
        facts.put("Not covered", preset.notCovered() + unsigned(preset));
        facts.put("Answers", answers(preset));
        facts.put("After a failure", preset.retry() + changes(preset));
        if (preset.retryAfter() != null) {
            facts.put("Retry-After", retryAfter(preset.retryAfter()));
        }
        if (preset.handshake() != null) {
            facts.put("Before the first event", handshake(preset.handshake()));
        }
        facts.put("Known from", provenance(preset));
        return facts;
    }

    /** Those that the proof and the envelope are in; the handshake's are told with it. */
    static String headers(Preset preset) {
        Envelope envelope = preset.envelope();
        Stream<Object> ofSchemes =
                preset.schemes().stream()
                        .flatMap(
                                s ->
                                        Stream.of(
                                                s.signature().from(),
                                                s.timestamp() == null ? "" : s.timestamp().from()));
        Stream<Object> ofEvents =
                Stream.of(envelope.id(), envelope.type(), envelope.time(), envelope.account());
        Stream<String> signed =
                preset.schemes().stream()
                        .filter(s -> s.content() != null)
                        .flatMap(s -> SIGNED_HEADER.matcher(s.content()).results())
                        .map(found -> found.group(1).toLowerCase(Locale.ROOT));
        return Stream.concat(Stream.concat(ofSchemes, signed), ofEvents)
                .map(Object::toString)
                .filter(place -> place.startsWith("header"))
                .map(place -> place.startsWith("headers:") ? place + "1, 2, …" : place)
                .map(place -> "`" + place.substring(place.indexOf(':') + 1) + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String retryAfter(RetryAfterForm form) {
        return "%s It is sent in %s%s%s."
                .formatted(
                        form.about(),
                        form.unit().name().toLowerCase(Locale.ROOT),
                        afterStatuses(form),
                        form.most() == null
                                ? ""
                                : ", %d s at most".formatted(form.most().toSeconds()));
    }

    /** Empty where the unit is the same after every status. */
    private static String afterStatuses(RetryAfterForm form) {
        String statuses =
                form.statuses().stream()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" and "));
        return statuses.isEmpty() ? "" : " after " + statuses + ", in seconds after others";
    }

    private static String provenance(Preset preset) {
        Provenance provenance = preset.provenance();
        if (provenance == null) {
            return "No vendor: for senders of one's own.";
        }
        return "Signature: %s. Event: %s. Deliveries and retries: %s.%s%s"
                .formatted(
                        provenance.signature(),
                        provenance.event(),
                        provenance.delivery(),
                        provenance.handshake() == null
                                ? ""
                                : " Handshake: " + provenance.handshake() + ".",
                        provenance.note() == null ? "" : " But " + provenance.note() + ".");
    }

    private static String proofs(Preset preset) {
        if (preset.builtIn() != null) {
            return builtIn(preset);
        }
        return preset.schemes().stream()
                .map(PresetText::proof)
                .distinct()
                .collect(Collectors.joining("; or "));
    }

    private static String builtIn(Preset preset) {
        return switch (preset.builtIn()) {
            case JWT -> token(preset.jwt());
            case AWS_SNS ->
                    "RSA (SignatureVersion 1 or 2) in `json:/Signature` over the message's fields,"
                            + " by a certificate of AWS's own host in the topic's region";
            case PAYPAL ->
                    "rsa-sha256 in `header:PAYPAL-TRANSMISSION-SIG` over"
                            + " `ID|TIME|WEBHOOK-ID|CRC32`, by a certificate of PayPal's";
        };
    }

    private static String token(JwtSettings jwt) {
        String header = jwt.header() == null ? "Authorization" : jwt.header();
        return "a [JSON Web Token](../jwt.md) in `header:%s`, %s%s%s%s"
                .formatted(
                        header,
                        String.join(" or ", jwt.algorithms()),
                        jwt.issuer() == null ? "" : ", by issuer `" + jwt.issuer() + "`",
                        jwt.jwks() == null ? "" : ", with keys of " + jwt.jwks(),
                        jwt.bodyHashClaim() == null
                                ? ""
                                : ", with the body's SHA-256 in `" + jwt.bodyHashClaim() + "`");
    }

    private static String proof(SignatureScheme scheme) {
        String where = " in `" + scheme.signature().from() + "`";
        String when = scheme.when() == null ? "" : ", " + condition(scheme.when());
        if (!scheme.algorithm().signs()) {
            String prefix = scheme.signature().prefix();
            String after = prefix.isEmpty() ? "" : " after `" + prefix.strip() + "`";
            return scheme.algorithm() + where + after + ", compared by its hash" + when;
        }
        String bound =
                scheme.bind() == null ? "" : ", with the body's SHA-256 in `" + scheme.bind() + "`";
        return scheme.algorithm() + where + " over `" + scheme.content() + "`" + bound + when;
    }

    private static String condition(SignatureScheme.When when) {
        if (when.body() != null) {
            return "where the body is a JSON " + when.body().name().toLowerCase(Locale.ROOT);
        }
        return when.present() == null
                ? "where `" + when.absent() + "` is absent"
                : "where `" + when.present() + "` is present";
    }

    private static String ages(Preset preset) {
        if (preset.builtIn() != null && preset.builtIn() != BuiltIn.JWT) {
            return "The time that is signed may be %s old and %s ahead."
                    .formatted(
                            limit(preset.tolerance().past()), limit(preset.tolerance().future()));
        }
        if (preset.builtIn() != null) {
            return "A token may be %s old.".formatted(limit(preset.jwt().maxAge()));
        }
        return preset.schemes().stream()
                .map(SignatureScheme::timestamp)
                .map(PresetText::age)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String age(SignatureScheme.Timestamp time) {
        if (time == null) {
            return "No time is signed.";
        }
        return "The time in `%s` (%s) may be %s old and %s ahead."
                .formatted(time.from(), time.format(), limit(time.past()), limit(time.future()));
    }

    private static String limit(Duration limit) {
        return limit == null ? "any time" : limit.toSeconds() + " s";
    }

    private static String event(Envelope envelope) {
        String id =
                envelope.id().equals(ValueLocation.NOWHERE)
                        ? "id: set `event-id`"
                        : "id `" + envelope.id() + "`";
        return id
                + place(", type", envelope.type())
                + place(", time", envelope.time())
                + (envelope.timeFormat() == null ? "" : " (" + envelope.timeFormat() + ")")
                + place(", account", envelope.account())
                + ".";
    }

    private static String place(String what, ValueLocation location) {
        return location.equals(ValueLocation.NOWHERE) ? "" : what + " `" + location + "`";
    }

    /** Only where something is signed: of a token everybody knows it. */
    private static String unsigned(Preset preset) {
        Envelope envelope = preset.envelope();
        List<String> places =
                List.of(envelope.id(), envelope.type(), envelope.time(), envelope.account())
                        .stream()
                        .filter(
                                location ->
                                        AuthSchemes.leavesUnsigned(
                                                AuthSettings.of(preset.name()), location))
                        .map(location -> "`" + location + "`")
                        .toList();
        return places.isEmpty()
                ? ""
                : " Read from unsigned places: " + String.join(", ", places) + ".";
    }

    private static String answers(Preset preset) {
        String deadline =
                preset.deadline() == null
                        ? "How long the sender waits is not documented."
                        : "The sender is taken to wait %d s."
                                .formatted(preset.deadline().toSeconds());
        return "%d when the event is durable, %d under load. %s"
                .formatted(preset.successStatus(), preset.overloadStatus(), deadline);
    }

    private static String handshake(Handshake handshake) {
        return handshake.rules().stream()
                .map(PresetText::rule)
                .collect(
                        Collectors.joining(
                                " ",
                                handshake.about() + " ",
                                handshake.checksToken()
                                        ? " Only where `handshake.verify-token` is set."
                                        : ""));
    }

    private static String rule(HandshakeRule rule) {
        String conditions =
                Stream.concat(
                                rule.equal().entrySet().stream()
                                        .map(
                                                e ->
                                                        "`%s` = `%s`"
                                                                .formatted(
                                                                        e.getKey(), e.getValue())),
                                Stream.concat(
                                        rule.present().stream().map(p -> "`" + p + "`"),
                                        rule.absent().stream().map(a -> "no `" + a + "`")))
                        .collect(Collectors.joining(", "));
        String fetched =
                rule.fetch() == null
                        ? ""
                        : " once the URL in `" + rule.fetch() + "` has been fetched";
        String proof =
                rule.signed()
                        ? "signed"
                        : rule.check() == null
                                ? "unsigned"
                                : "with the verify token in `" + rule.check() + "`";
        return "Answered: %s with %s, %s, by %s%s."
                .formatted(rule.method(), conditions, proof, reply(rule), fetched);
    }

    private static String reply(HandshakeRule rule) {
        HandshakeRule.Reply reply = rule.reply();
        String body = "";
        if (reply.text() != null) {
            body = " and `" + reply.text() + "` as text";
        } else if (!reply.json().isEmpty()) {
            body = " and `" + json(reply) + "` as JSON";
        }
        String headers =
                reply.headers().entrySet().stream()
                        .map(h -> " with `" + h.getKey() + ": " + h.getValue() + "`")
                        .collect(Collectors.joining());
        String token = rule.token() == null ? "" : ", the token being `" + rule.token() + "`";
        return reply.status() + headers + body + token;
    }

    private static String json(HandshakeRule.Reply reply) {
        return reply.json().entrySet().stream()
                .map(
                        member ->
                                "\"%s\": %s"
                                        .formatted(
                                                member.getKey(),
                                                member.getValue() instanceof String text
                                                        ? '"' + text + '"'
                                                        : member.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String changes(Preset preset) {
        return preset.bodyMayChangeOnRetry() ? " A retry may carry another body." : "";
    }
}
