/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.jwt.JwtSettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges settings, all problems together, without reading a secret. */
final class SettingsCheck {

    /** Every live key costs one pass over the body of a request that matches none. */
    static final int MAX_SECRETS = 8;

    /** Each costs a request a look, and a secret a key. */
    static final int MAX_SCHEMES = 8;

    private final AuthSettings settings;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(AuthSettings settings) {
        this.settings = settings;
    }

    static List<String> problems(AuthSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.run();
        return List.copyOf(check.problems);
    }

    private void run() {
        String type = settings.type();
        if (type == null || !AuthSchemes.types().contains(type)) {
            String given = type == null ? "absent" : SafeText.capped(type, 40);
            problem("type", given, "one of " + String.join(", ", AuthSchemes.types()));
            return;
        }
        if (Combinations.is(settings)) {
            problems.addAll(Combinations.problems(settings));
            return;
        }
        if (!settings.members().isEmpty()) {
            problem("of", "set", "only with any-of and all-of");
        }
        if (Tokens.areTakenBy(settings)) {
            problems.addAll(Tokens.problems(settings));
        } else if (Vendors.verify(settings)) {
            problems.addAll(Vendors.problems(settings));
            checkNoTokens();
        } else {
            checkSecrets();
            checkNoTokens();
        }
        problems.addAll(settings.clients().problems(type));
        checkOwnSchemes();
        problems.addAll(Vendors.strays(settings));
        checkNames();
        checkUrl();
        checkTolerance("tolerance.past", settings.tolerancePast());
        checkTolerance("tolerance.future", settings.toleranceFuture());
    }

    private void checkSecrets() {
        int count = settings.secrets().size();
        if (settings.type().equals(AuthSchemes.NONE) || settings.type().equals(AuthSchemes.MTLS)) {
            if (count > 0) {
                problem("secrets", count + " references", "0 with type " + settings.type());
            }
        } else if (count == 0) {
            problem("secrets", "0 references", "at least one file:PATH or env:NAME");
        } else if (count > MAX_SECRETS) {
            problem("secrets", count + " references", "at most " + MAX_SECRETS);
        }
    }

    private void checkNoTokens() {
        if (!settings.jwt().equals(JwtSettings.EMPTY)) {
            problem("jwt", "set", "nothing, " + settings.type() + " takes no tokens");
        }
    }

    private void checkOwnSchemes() {
        int count = settings.schemes().size();
        boolean own = settings.type().equals(AuthSchemes.CUSTOM);
        if (own && count == 0) {
            problem("scheme", "missing", "how requests are signed, a mapping or a list of them");
        }
        if (!own && count > 0) {
            problem("scheme", "set", "only with " + AuthSchemes.CUSTOM);
        }
        if (count > MAX_SCHEMES) {
            problem("scheme", count + " entries", "at most " + MAX_SCHEMES);
        }
        for (int i = 0; i < count; i++) {
            String path = OwnSchemes.path(i, count);
            SchemeReader.problems(settings.schemes().get(i))
                    .forEach(line -> problems.add("auth." + path + "." + line));
        }
    }

    private void checkNames() {
        long names = settings.secrets().stream().map(SecretRef::name).distinct().count();
        if (names < settings.secrets().size()) {
            problem(
                    "secrets",
                    names + " names for " + settings.secrets().size() + " references",
                    "a name each, as in NAME=file:PATH");
        }
    }

    private void checkUrl() {
        boolean signed =
                schemes().stream()
                        .anyMatch(s -> s.content() != null && s.content().contains("{url}"));
        if (signed && settings.publicUrl() == null) {
            problem(
                    "type",
                    settings.type(),
                    "listener.public-url beside it, the URL that " + settings.type() + " signs");
        }
    }

    private List<SignatureScheme> schemes() {
        return settings.preset().map(Preset::schemes).orElse(List.of());
    }

    private void checkTolerance(String name, Duration tolerance) {
        if (tolerance == null) {
            return;
        }
        if (tolerance.isNegative()) {
            problem(name, tolerance.toSeconds() + " s", "0 s or more");
        }
        if (!signsTime()) {
            problem(
                    name,
                    tolerance.toSeconds() + " s",
                    "none, "
                            + (Tokens.areTakenBy(settings)
                                    ? "tokens have jwt.leeway and jwt.max-age"
                                    : settings.type() + " signs no time"));
        }
    }

    private boolean signsTime() {
        if (Vendors.verify(settings)) {
            return true;
        }
        return !schemes().isEmpty()
                && schemes().stream().allMatch(scheme -> scheme.timestamp() != null);
    }

    private void problem(String name, String value, String expected) {
        problems.add("auth." + name + ": " + value + " (expected: " + expected + ")");
    }
}
