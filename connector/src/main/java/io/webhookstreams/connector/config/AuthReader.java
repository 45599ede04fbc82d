/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.StreamOptions.AUTH_CLIENTS;
import static io.webhookstreams.connector.StreamOptions.AUTH_FORWARDED_HEADER;
import static io.webhookstreams.connector.StreamOptions.AUTH_FORWARDED_PROXIES;
import static io.webhookstreams.connector.StreamOptions.AUTH_RETIRE_AFTER;
import static io.webhookstreams.connector.StreamOptions.AUTH_SECRETS;
import static io.webhookstreams.connector.StreamOptions.AUTH_TOLERANCE_FUTURE;
import static io.webhookstreams.connector.StreamOptions.AUTH_TOLERANCE_PAST;
import static io.webhookstreams.connector.StreamOptions.AUTH_TYPE;

import io.webhookstreams.auth.AuthMember;
import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.ClientName;
import io.webhookstreams.auth.ClientSettings;
import io.webhookstreams.auth.OwnSchemes;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SignatureScheme;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.VendorOptions;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import javax.annotation.Nullable;

/**
 * Reads what a stream's options say of how its requests prove themselves, in one way or in several
 * whose options stand below {@code auth.of.NAME}.
 */
public final class AuthReader {

    private static final String AUTH = "auth.";

    @Nullable private final String publicUrl;
    private final OptionReader options;
    private boolean readable = true;

    private AuthReader(
            String prefix,
            @Nullable String publicUrl,
            Configuration configuration,
            List<String> problems) {
        this.publicUrl = publicUrl;
        this.options = new OptionReader(prefix, configuration, problems);
    }

    /**
     * Reads and judges.
     *
     * @param prefix put before each key in messages: {@code streams.orders.}
     * @param publicUrl the listener's, for vendors that sign the URL
     * @param problems where problems are added
     */
    public static AuthSettings read(
            String prefix,
            @Nullable String publicUrl,
            Configuration stream,
            List<String> problems) {
        AuthReader reader = new AuthReader(prefix, publicUrl, stream, problems);
        AuthSettings settings = reader.settings().combining(reader.members());
        if (settings.type() != null && reader.readable) {
            AuthSchemes.problems(settings).forEach(problem -> problems.add(prefix + problem));
        }
        return settings;
    }

    private AuthSettings settings() {
        return new AuthSettings(
                options.require(AUTH_TYPE, "one of " + String.join(", ", AuthSchemes.types())),
                // The text may be the secret itself: nothing of it goes into a message.
                parsed(AUTH_SECRETS, SecretRef::parse, text -> "***"),
                options.get(AUTH_TOLERANCE_PAST),
                options.get(AUTH_TOLERANCE_FUTURE),
                publicUrl,
                JwtOptions.settings(options::get),
                new ClientSettings(
                        names(AUTH_CLIENTS),
                        options.get(AUTH_FORWARDED_HEADER),
                        names(AUTH_FORWARDED_PROXIES)),
                VendorOptions.settings(options::get),
                schemes(),
                List.of());
    }

    private List<ClientName> names(ConfigOption<List<String>> option) {
        return parsed(option, ClientName::parse, text -> text);
    }

    private <T> List<T> parsed(
            ConfigOption<List<String>> option,
            Function<String, T> parse,
            Function<String, String> shown) {
        List<T> values = new ArrayList<>();
        for (String text : options.get(option)) {
            try {
                values.add(parse.apply(text));
            } catch (IllegalArgumentException e) {
                options.problem(option.key(), shown.apply(text), e.getMessage());
                readable = false;
            }
        }
        return values;
    }

    private List<SignatureScheme> schemes() {
        String text = options.get(SchemeOptions.SCHEME);
        if (text == null) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>();
        List<SignatureScheme> schemes = OwnSchemes.parse(text, wrong);
        for (String problem : wrong) {
            options.problem(AUTH + problem);
            readable = false;
        }
        return schemes;
    }

    /** In the order of their names: a configuration has no other. */
    private List<AuthMember> members() {
        Map<String, Configuration> byName = new TreeMap<>();
        Map<String, String> values = options.get(SchemeOptions.OF);
        if (values == null) {
            return List.of();
        }
        new TreeMap<>(values)
                .forEach(
                        (key, value) -> {
                            int dot = key.indexOf('.');
                            if (dot <= 0) {
                                String name = SchemeOptions.OF.key() + "." + key;
                                options.problem(name, "a value", "expected: its keys below it");
                                readable = false;
                                return;
                            }
                            byName.computeIfAbsent(
                                            key.substring(0, dot), name -> new Configuration())
                                    .setString(AUTH + key.substring(dot + 1), value);
                        });
        List<AuthMember> members = new ArrayList<>();
        byName.forEach((name, own) -> members.add(new AuthMember(name, member(name, own))));
        return members;
    }

    private AuthSettings member(String name, Configuration own) {
        List<String> wrong = new ArrayList<>();
        AuthReader reader = new AuthReader("", publicUrl, own, wrong);
        reader.options.refuseUnknownKeys(
                WebhookOptions.STREAM.stream().filter(AuthReader::isOfMembers).toList());
        AuthSettings settings = reader.settings();
        for (String problem : wrong) {
            String rest = problem.substring(AUTH.length());
            options.problem(SchemeOptions.OF.key() + "." + name + "." + rest);
            readable = false;
        }
        return settings;
    }

    private static boolean isOfMembers(ConfigOption<?> option) {
        return option.key().startsWith(AUTH)
                && !option.key().equals(SchemeOptions.OF.key())
                && !option.key().equals(AUTH_RETIRE_AFTER.key());
    }
}
