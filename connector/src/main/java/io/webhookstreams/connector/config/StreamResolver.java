/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.LifecycleOptions.STATE;
import static io.webhookstreams.connector.StreamOptions.ACCOUNT;
import static io.webhookstreams.connector.StreamOptions.AUTH_RETIRE_AFTER;
import static io.webhookstreams.connector.StreamOptions.AUTH_TYPE;
import static io.webhookstreams.connector.StreamOptions.BODY_TIMEOUT;
import static io.webhookstreams.connector.StreamOptions.CONTENT_TYPES;
import static io.webhookstreams.connector.StreamOptions.EVENT_ID;
import static io.webhookstreams.connector.StreamOptions.EVENT_TIME;
import static io.webhookstreams.connector.StreamOptions.EVENT_TIME_FORMAT;
import static io.webhookstreams.connector.StreamOptions.EVENT_TYPE;
import static io.webhookstreams.connector.StreamOptions.HANDSHAKE_FETCH;
import static io.webhookstreams.connector.StreamOptions.HANDSHAKE_TYPE;
import static io.webhookstreams.connector.StreamOptions.HANDSHAKE_VERIFY_TOKEN;
import static io.webhookstreams.connector.StreamOptions.MAX_BODY;
import static io.webhookstreams.connector.StreamOptions.MAX_INFLATED_BODY;
import static io.webhookstreams.connector.StreamOptions.METHODS;
import static io.webhookstreams.connector.StreamOptions.ORDERING_KEY;
import static io.webhookstreams.connector.StreamOptions.OVERLOAD_STATUS;
import static io.webhookstreams.connector.StreamOptions.PATH;
import static io.webhookstreams.connector.StreamOptions.SUCCESS_STATUS;
import static io.webhookstreams.connector.StreamOptions.TIER;

import io.webhookstreams.auth.AuthMember;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Envelope;
import io.webhookstreams.auth.Handshake;
import io.webhookstreams.auth.HandshakeSettings;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.TimeFormat;
import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.annotation.Nullable;

/**
 * Reads one stream's {@link StreamSettings}; what is not configured comes from the preset of its
 * authentication.
 */
final class StreamResolver {

    private static final long LARGEST_BODY = 64L << 20;
    private static final String NO_HANDSHAKE = "none";
    private static final String LOCATION =
            "header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or"
                    + " none)";
    private static final Set<String> WRITING_METHODS = Set.of("POST", "PUT", "PATCH");
    private static final Pattern STREAM_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern STREAM_PATH = Pattern.compile("/[A-Za-z0-9._~/-]{1,255}");

    private final String name;
    @Nullable private final String publicUrl;
    private final OptionReader options;
    private final Configuration configuration;
    private final List<String> problems;
    private final Optional<Preset> preset;

    private StreamResolver(
            String name,
            @Nullable String publicUrl,
            Configuration configuration,
            List<String> problems) {
        this.name = name;
        this.publicUrl = publicUrl;
        this.options = new OptionReader("streams." + name + ".", configuration, problems);
        this.configuration = configuration;
        this.problems = problems;
        this.preset = Optional.ofNullable(options.get(AUTH_TYPE)).flatMap(Presets::named);
    }

    /**
     * Reads one stream's options.
     *
     * @param publicUrl the listener's, for vendors that sign the URL
     */
    static StreamSettings resolve(
            String name,
            @Nullable String publicUrl,
            Configuration configuration,
            List<String> problems) {
        if (!STREAM_NAME.matcher(name).matches()) {
            problems.add("streams." + name + ": a name (expected: " + STREAM_NAME.pattern() + ")");
        }
        OptionReader own = new OptionReader("streams." + name + ".", configuration, problems);
        Configuration all = Profiles.applied(own, configuration);
        StreamResolver resolver = new StreamResolver(name, publicUrl, all, problems);
        resolver.options.refuseUnknownKeys(WebhookOptions.STREAM);
        return resolver.settings();
    }

    private StreamSettings settings() {
        DeadlineReader deadlines = new DeadlineReader(options, preset);
        boolean overloadStatusIsKnown =
                preset.isPresent() || configuration.containsKey(OVERLOAD_STATUS.key());
        AccessSettings access = AccessReader.read(options, overloadStatusIsKnown);
        String path = path();
        List<String> methods = methods();
        AuthSettings auth =
                AuthReader.read("streams." + name + ".", publicUrl, configuration, problems);
        return new StreamSettings(
                name,
                path,
                methods,
                auth,
                handshake(auth).grantingPerMinute(access.perMinute()),
                CaptureReader.read("streams." + name + ".", auth, configuration, problems),
                eventId(),
                location(EVENT_TYPE, envelope(Envelope::type)),
                location(EVENT_TIME, envelope(Envelope::time)),
                timeFormat(),
                location(ACCOUNT, envelope(Envelope::account)),
                location(ORDERING_KEY, ValueLocation.NOWHERE),
                options.get(TIER),
                deadlines.answerDeadline(),
                options.oneOf(
                        SUCCESS_STATUS,
                        preset.map(Preset::successStatus).orElse(200),
                        List.of(200, 201, 202, 204)),
                options.oneOf(
                        OVERLOAD_STATUS,
                        preset.map(Preset::overloadStatus).orElse(503),
                        List.of(429, 503)),
                (int) options.bytes(MAX_BODY, 1, LARGEST_BODY),
                (int) options.bytes(MAX_INFLATED_BODY, 1, LARGEST_BODY),
                options.positive(BODY_TIMEOUT, BODY_TIMEOUT.defaultValue()),
                options.get(CONTENT_TYPES).stream().map(t -> t.toLowerCase(Locale.ROOT)).toList(),
                options.positive(AUTH_RETIRE_AFTER, AUTH_RETIRE_AFTER.defaultValue()),
                deadlines.read(),
                PolicyReader.read(options, deadlines.answerDeadline()),
                LimitSettings.read(options),
                options.get(CoalescingOptions.ENABLED),
                options.get(STATE),
                access);
    }

    private String path() {
        String path = options.require(PATH, "the path of the ingest URL, such as /in/" + name);
        if (path == null) {
            return "/";
        }
        if (!STREAM_PATH.matcher(path).matches() || path.contains("//") || path.contains("/.")) {
            options.problem(
                    PATH.key(),
                    path,
                    "expected: / and up to 255 of A-Z a-z 0-9 . _ ~ - /, without // and without a"
                            + " segment that starts with a dot");
        }
        return path;
    }

    private List<String> methods() {
        List<String> methods =
                options.get(METHODS).stream().map(m -> m.toUpperCase(Locale.ROOT)).toList();
        if (methods.isEmpty() || !WRITING_METHODS.containsAll(methods)) {
            options.problem(METHODS.key(), methods, "expected: any of POST, PUT and PATCH");
        }
        return methods;
    }

    private HandshakeSettings handshake(AuthSettings auth) {
        Handshake handshake = chosenHandshake();
        refuseWithoutThatOf(auth, handshake);
        boolean mayFetch = options.get(HANDSHAKE_FETCH);
        if (mayFetch && (handshake == null || !handshake.fetches())) {
            options.problem(
                    HANDSHAKE_FETCH.key(), "true", "expected: only with a handshake that asks it");
        }
        SecretRef token = verifyToken();
        boolean checks = handshake != null && handshake.checksToken();
        if (options.get(HANDSHAKE_VERIFY_TOKEN) != null && !checks) {
            options.problem(
                    HANDSHAKE_VERIFY_TOKEN.key(),
                    "set",
                    "expected: only with a handshake that shows one");
        }
        if (checks && options.get(HANDSHAKE_TYPE) != null) {
            options.require(HANDSHAKE_VERIFY_TOKEN, "file:PATH or env:NAME, which it shows");
        }
        return HandshakeSettings.of(handshake, token, mayFetch);
    }

    /** What must never become an event is answered by its own handshake, or by nothing at all. */
    private void refuseWithoutThatOf(AuthSettings auth, @Nullable Handshake chosen) {
        Stream.concat(Stream.of(auth), auth.members().stream().map(AuthMember::settings))
                .map(AuthSettings::type)
                .filter(type -> type != null && Presets.named(type).isPresent())
                .filter(type -> isLeftOut(Presets.named(type).get().handshake(), chosen))
                .forEach(
                        type ->
                                options.problem(
                                        HANDSHAKE_TYPE.key(),
                                        Objects.requireNonNullElse(
                                                options.get(HANDSHAKE_TYPE), "missing"),
                                        "expected: "
                                                + type
                                                + ", whose handshake must not become an event"));
    }

    private static boolean isLeftOut(@Nullable Handshake needed, @Nullable Handshake chosen) {
        return needed != null && needed.isNeverAnEvent() && !needed.equals(chosen);
    }

    /** Null for none. */
    @Nullable
    private Handshake chosenHandshake() {
        Handshake own = preset.map(Preset::handshake).orElse(null);
        String type = options.get(HANDSHAKE_TYPE);
        if (type == null) {
            return own;
        }
        if (type.equals(NO_HANDSHAKE)) {
            return null;
        }
        Handshake chosen = Presets.named(type).map(Preset::handshake).orElse(null);
        if (chosen == null) {
            String names =
                    Presets.all().stream()
                            .filter(p -> p.handshake() != null)
                            .map(Preset::name)
                            .collect(Collectors.joining(", "));
            options.problem(HANDSHAKE_TYPE.key(), type, "expected: none or one of " + names);
        } else if (chosen.isComputed() && !chosen.equals(own)) {
            options.problem(
                    HANDSHAKE_TYPE.key(),
                    type,
                    "expected: auth.type " + type + " beside it, whose secret answers it");
        }
        return chosen;
    }

    @Nullable
    private SecretRef verifyToken() {
        String text = options.get(HANDSHAKE_VERIFY_TOKEN);
        try {
            return text == null ? null : SecretRef.parse(text);
        } catch (IllegalArgumentException e) {
            // The text may be the secret itself: nothing of it goes into the message.
            options.problem(HANDSHAKE_VERIFY_TOKEN.key(), "***", e.getMessage());
            return null;
        }
    }

    private ValueLocation eventId() {
        ValueLocation fromPreset = envelope(Envelope::id);
        if (fromPreset.equals(ValueLocation.NOWHERE)) {
            options.require(EVENT_ID, LOCATION);
        }
        return location(EVENT_ID, fromPreset);
    }

    private ValueLocation location(ConfigOption<String> option, ValueLocation fromPreset) {
        return options.parsed(option, fromPreset, ValueLocation::parse, LOCATION);
    }

    private ValueLocation envelope(Function<Envelope, ValueLocation> part) {
        return preset.map(Preset::envelope).map(part).orElse(ValueLocation.NOWHERE);
    }

    private TimeFormat timeFormat() {
        TimeFormat fromPreset =
                preset.map(p -> p.envelope().timeFormat()).orElse(TimeFormat.RFC3339);
        return options.parsed(
                EVENT_TIME_FORMAT,
                fromPreset,
                StreamResolver::timeFormat,
                "s, ms, rfc3339 or decimal-s");
    }

    private static TimeFormat timeFormat(String text) {
        return Arrays.stream(TimeFormat.values())
                .filter(format -> format.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a time format: " + text));
    }
}
