/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What may have become of headers that a preset relies on and a request lacks. */
final class MissingHeaders {

    private MissingHeaders() {}

    /** At least one line. */
    static List<String> advice(AuthSettings settings, AuthRequest request) {
        List<String> lines = new ArrayList<>();
        settings.preset().stream()
                .flatMap(one -> one.schemes().stream())
                .flatMap(MissingHeaders::headers)
                .distinct()
                .filter(name -> request.headers(name).isEmpty())
                .forEach(name -> renamed(name, request, lines));
        Presets.all().stream()
                .filter(other -> !other.name().equals(settings.type()))
                .forEach(other -> signedAs(other, request, lines));
        lines.add(
                "if the sender does send it, a gateway before this listener has dropped it, or the"
                        + " capture has: gateways drop Authorization, and names with underscores");
        return lines;
    }

    private static void renamed(String name, AuthRequest request, List<String> lines) {
        String bare = name.replaceFirst("^x-", "");
        String underscored = bare.replace('-', '_');
        Stream.of(bare, "x-" + bare, underscored, "x_" + underscored)
                .filter(other -> !other.equals(name) && !request.headers(other).isEmpty())
                .forEach(
                        other ->
                                lines.add(
                                        "header "
                                                + name
                                                + " is absent and "
                                                + other
                                                + " is there: a gateway has renamed it"));
    }

    /** A header that is another preset's proof. */
    private static void signedAs(Preset other, AuthRequest request, List<String> lines) {
        other.schemes().stream()
                .filter(scheme -> scheme.algorithm().signs())
                .map(scheme -> scheme.signature().from())
                .filter(from -> from.kind() == FieldSource.Kind.HEADER)
                .filter(from -> !request.headers(from.name()).isEmpty())
                .distinct()
                .forEach(
                        from ->
                                lines.add(
                                        from
                                                + " is there, in which auth.type "
                                                + other.name()
                                                + " has its signature"));
    }

    /** In lower case. */
    private static Stream<String> headers(SignatureScheme scheme) {
        SignatureScheme.Timestamp time = scheme.timestamp();
        String content = scheme.content() == null ? "" : scheme.content();
        return Stream.concat(
                Stream.concat(
                        header(scheme.signature().from()),
                        time == null ? Stream.empty() : header(time.from())),
                ContentTemplate.compile(content).headerNames().stream());
    }

    private static Stream<String> header(FieldSource field) {
        return field.kind() == FieldSource.Kind.HEADER ? Stream.of(field.name()) : Stream.empty();
    }
}
