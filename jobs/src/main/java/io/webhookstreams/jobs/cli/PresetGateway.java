/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.HandshakeRule;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.SignatureScheme;
import io.webhookstreams.auth.ValueLocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an API gateway, proxy or load balancer in front of a stream must leave as it is, from the
 * places that the sender's proof and events are in.
 */
final class PresetGateway {

    /** A listener behind one. */
    static final String LISTENER =
            """
            listener:
              address: 0.0.0.0
              public-url: https://hooks.example.com  # as the sender has it
              tls: {mode: terminated-upstream}       # or pem, with a certificate of the listener's own
              proxies:
                trusted: [10.1.0.0/16]               # the gateway's addresses
                header: x-forwarded-for              # which it adds the sender's to
            """;

    private static final Pattern IN_QUERY = Pattern.compile("query:([^}]+)");

    private PresetGateway() {}

    /** Markdown: the listener, and a list. */
    static String of(Preset preset) {
        List<String> lines = new ArrayList<>();
        lines.add("- **Body:** " + body(preset));
        lines.add("- **Headers:** " + headers(preset));
        lines.add("- **URL:** " + url(preset));
        lines.add("- **Methods:** " + String.join(" and ", methods(preset)) + ".");
        lines.add(
                "- **Answers:** the status and `Retry-After` as they are, nothing sent again or"
                        + " answered in the listener's place, and more patience than the sender has"
                        + (preset.deadline() == null
                                ? "."
                                : ", who waits %d s.".formatted(preset.deadline().toSeconds())));
        return """
        ```yaml
        %s```

        `terminated-upstream` is for a network that nobody else is in. Only from [trusted proxies](../rate-limits.md#whose-address-it-is) is the sender's address believed. The gateway hands on:

        %s"""
                .formatted(LISTENER, String.join("\n", lines));
    }

    private static String body(Preset preset) {
        return preset.signs()
                ? "byte for byte, as it came: nothing decoded, inflated, re-encoded or written anew,"
                        + " since what was sent is what was signed."
                : "as it came. This sender's proof says nothing about it, so it proves nothing of what"
                        + " a gateway makes of it either.";
    }

    private static String headers(Preset preset) {
        String known = PresetText.headers(preset);
        String more =
                Stream.concat(builtIn(preset), rules(preset).flatMap(PresetGateway::fields))
                        .filter(place -> place.startsWith("header:"))
                        .map(
                                place ->
                                        "`"
                                                + place.substring("header:".length())
                                                        .toLowerCase(Locale.ROOT)
                                                + "`")
                        .distinct()
                        .filter(name -> !known.contains(name))
                        .collect(Collectors.joining(", "));
        return Stream.of(known, more, "`content-type`, `content-encoding`")
                        .filter(names -> !names.isEmpty())
                        .collect(Collectors.joining(", "))
                + "; each once, none added to.";
    }

    private static Stream<String> builtIn(Preset preset) {
        if (preset.builtIn() == null) {
            return Stream.of();
        }
        return switch (preset.builtIn()) {
            case JWT ->
                    Stream.of(
                            "header:"
                                    + Objects.requireNonNullElse(
                                            preset.jwt().header(), "Authorization"));
            case AWS_SNS -> Stream.of();
            case PAYPAL ->
                    Stream.of(
                            "header:paypal-transmission-sig",
                            "header:paypal-transmission-id",
                            "header:paypal-transmission-time",
                            "header:paypal-auth-algo",
                            "header:paypal-cert-url");
        };
    }

    private static String url(Preset preset) {
        if (PresetPage.signsUrl(preset)) {
            return "path and query are signed with it, so they are what the sender has, with"
                    + " `listener.public-url` in front; the listener's own path must be the same.";
        }
        String parameters =
                parameters(preset).stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "));
        return "the path may be another one inside"
                + (parameters.isEmpty() ? "." : "; the query as it is, for " + parameters + ".");
    }

    private static Set<String> parameters(Preset preset) {
        Stream<String> ofSchemes =
                preset.schemes().stream()
                        .flatMap(
                                scheme ->
                                        Stream.of(
                                                scheme.signature().from().toString(),
                                                time(scheme),
                                                Objects.requireNonNullElse(scheme.content(), "")));
        Stream<String> ofEvents =
                Stream.of(preset.envelope().id(), preset.envelope().type())
                        .map(ValueLocation::toString);
        return Stream.of(ofSchemes, ofEvents, rules(preset).flatMap(PresetGateway::fields))
                .flatMap(places -> places)
                .flatMap(place -> IN_QUERY.matcher(place).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String time(SignatureScheme scheme) {
        return scheme.timestamp() == null ? "" : scheme.timestamp().from().toString();
    }

    private static Set<String> methods(Preset preset) {
        Set<String> methods =
                rules(preset)
                        .map(HandshakeRule::method)
                        .collect(Collectors.toCollection(TreeSet::new));
        methods.add("POST");
        return methods;
    }

    private static Stream<HandshakeRule> rules(Preset preset) {
        return preset.handshake() == null ? Stream.of() : preset.handshake().rules().stream();
    }

    /** Where a handshake says what it is. */
    private static Stream<String> fields(HandshakeRule rule) {
        return Stream.of(
                        rule.equal().keySet().stream(),
                        rule.present().stream(),
                        Stream.of(rule.check(), rule.token()).filter(Objects::nonNull))
                .flatMap(places -> places)
                .map(Object::toString);
    }
}
