/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.auth.ForwardedHeader;
import io.webhookstreams.checkpoint.Tier;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

/** Options of one stream: one ingest endpoint that one vendor posts to. */
@PublicEvolving
public final class StreamOptions {

    public static final ConfigOption<String> PATH =
            ConfigOptions.key("path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. The exact path of the ingest URL, starting with `/`; unique"
                                    + " in its listener. Best with an unguessable part.");

    public static final ConfigOption<List<String>> METHODS =
            ConfigOptions.key("methods")
                    .stringType()
                    .asList()
                    .defaultValues("POST")
                    .withDescription(
                            "Methods that are accepted: any of POST, PUT and PATCH. Others get 405"
                                    + " with Allow.");

    public static final ConfigOption<String> AUTH_TYPE =
            ConfigOptions.key("auth.type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Required. Who may post: `bearer`, [`jwt`](jwt.md), [`mtls`](mtls.md), one of the"
                                    + " [presets](presets.md), [`custom`](custom-schemes.md),"
                                    + " [`any-of` or `all-of`](combining.md) several, or `none`,"
                                    + " which must be spelled out.");

    public static final ConfigOption<List<String>> AUTH_SECRETS =
            ConfigOptions.key("auth.secrets")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "References to secrets, newest first: `file:PATH` or `env:NAME`, each"
                                    + " optionally named (`2026-11=file:PATH`) and with its time"
                                    + " (`2026-11[not-before=INSTANT,not-after=INSTANT]=file:PATH`; in"
                                    + " YAML also a mapping of `from`, `name`, `not-before` and"
                                    + " `not-after`). All are tried whose time it is, any match passes."
                                    + " They are resolved on the TaskManager, again every second; a"
                                    + " literal is refused. See [rotation](rotation.md).");

    public static final ConfigOption<Duration> AUTH_RETIRE_AFTER =
            ConfigOptions.key("auth.retire-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "How long the older secrets have to be unseen, while the newest is seen,"
                                    + " for a rotation to be reported as safe to retire. Refuses"
                                    + " nothing.");

    public static final ConfigOption<List<String>> AUTH_CLIENTS =
            ConfigOptions.key("auth.clients")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "For `auth.type: mtls`: the names that a client certificate may bear,"
                                    + " `dns:HOST`, `uri:URI`, `email:ADDRESS` or `subject:DN`, each"
                                    + " optionally named (`billing=dns:HOST`). Any match passes;"
                                    + " there are no wildcards.");

    public static final ConfigOption<ForwardedHeader> AUTH_FORWARDED_HEADER =
            ConfigOptions.key("auth.forwarded.header")
                    .enumType(ForwardedHeader.class)
                    .noDefaultValue()
                    .withDescription(
                            "For `auth.type: mtls` behind a proxy: the header in which"
                                    + " `auth.forwarded.proxies` forward their clients' certificates,"
                                    + " `x-forwarded-client-cert` (Envoy) or `client-cert` (RFC 9440)."
                                    + " See [mTLS](mtls.md).");

    public static final ConfigOption<List<String>> AUTH_FORWARDED_PROXIES =
            ConfigOptions.key("auth.forwarded.proxies")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "The names that a proxy's own client certificate may bear, as in"
                                    + " `auth.clients`. Their requests are judged by the certificate"
                                    + " they forward, and never by their own.");

    public static final ConfigOption<Duration> AUTH_TOLERANCE_PAST =
            ConfigOptions.key("auth.tolerance.past")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How old a signed timestamp may be when the request's headers arrive."
                                    + " Default: the preset's, which its page tells; 300 s for"
                                    + " schemes of your own. Never shorter than the vendor"
                                    + " sends again where it does not sign the time anew. To take"
                                    + " any age, write one: `36500 d`.");

    public static final ConfigOption<Duration> AUTH_TOLERANCE_FUTURE =
            ConfigOptions.key("auth.tolerance.future")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far ahead a signed timestamp may be when the request's headers"
                                    + " arrive. Default: the preset's; 300 s for schemes of"
                                    + " your own.");

    public static final ConfigOption<String> HANDSHAKE_TYPE =
            ConfigOptions.key("handshake.type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Whose handshake is answered: one of the [presets](presets.md) that has"
                                    + " one, or `none`. One whose answer is made with a secret goes"
                                    + " with its own `auth.type` only. A handshake is no event."
                                    + " Default: that of `auth.type`.");

    public static final ConfigOption<String> HANDSHAKE_VERIFY_TOKEN =
            ConfigOptions.key("handshake.verify-token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Reference to the verify token that some vendors (Meta) show in their"
                                    + " handshake, `file:PATH` or `env:NAME`; without it that"
                                    + " handshake is not answered.");

    public static final ConfigOption<Boolean> HANDSHAKE_FETCH =
            ConfigOptions.key("handshake.fetch")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the URL in a vendor's signed handshake (Amazon SNS) is fetched,"
                                    + " which confirms the subscription: from the vendor's own host"
                                    + " only, https on port 443, public addresses, no redirects, 3"
                                    + " s, 64 KiB. Without it such a handshake is answered 400, and"
                                    + " a line of the log says what to do.");

    public static final ConfigOption<String> EVENT_ID =
            ConfigOptions.key("event-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the vendor's event id stands: `header:NAME`, `json:/pointer`,"
                                    + " `query:NAME`, `form:NAME`, `body-digest` (SHA-256 of the body as it was"
                                    + " sent, before `Content-Encoding` is undone), or `none`"
                                    + " (then retries come out twice). Required, unless the preset of"
                                    + " `auth.type` knows it.");

    public static final ConfigOption<String> EVENT_TYPE =
            ConfigOptions.key("event-type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the event's type stands: `header:NAME`, `json:/pointer` or"
                                    + " `query:NAME`, `form:NAME`. Default: the preset's, or none.");

    public static final ConfigOption<String> EVENT_TIME =
            ConfigOptions.key("event-time")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the event's time stands: `header:NAME`, `json:/pointer` or"
                                    + " `query:NAME`, `form:NAME`. Default: the preset's, or none (then the time of"
                                    + " receipt counts).");

    public static final ConfigOption<String> EVENT_TIME_FORMAT =
            ConfigOptions.key("event-time-format")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "`s`, `ms` (since the epoch), `rfc3339`, or `decimal-s` (seconds with a fraction). Default: the preset's, or"
                                    + " `rfc3339`.");

    public static final ConfigOption<String> ACCOUNT =
            ConfigOptions.key("account")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the vendor's account (tenant, shop, installation) stands."
                                    + " Default: the preset's, or none.");

    public static final ConfigOption<String> ORDERING_KEY =
            ConfigOptions.key("ordering-key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Deliveries with the same value go to the same lane of a TaskManager"
                                    + " and keep their order at the source: `header:NAME`,"
                                    + " `json:/pointer`, `query:NAME` or `form:NAME`. Default: the event id.");

    public static final ConfigOption<Tier> TIER =
            ConfigOptions.key("tier")
                    .enumType(Tier.class)
                    .defaultValue(Tier.CHECKPOINT)
                    .withDescription(
                            "When the stream says 2xx: `checkpoint` (a completed checkpoint holds"
                                    + " the delivery) or `accept` (explicit fire-and-forget: on append,"
                                    + " lost with the process).");

    public static final ConfigOption<Duration> ANSWER_DEADLINE =
            ConfigOptions.key("answer-deadline")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A delivery that is not durable this long after its headers arrived is"
                                    + " answered `not_durable_in_time`; it stays in its lane. Default:"
                                    + " `vendor-deadline` less `deadline-margin`. See"
                                    + " [deadlines](deadlines.md).");

    public static final ConfigOption<Integer> SUCCESS_STATUS =
            ConfigOptions.key("success-status")
                    .intType()
                    .noDefaultValue()
                    .withDescription("200, 201, 202 or 204. Default: the preset's, or 200.");

    public static final ConfigOption<Integer> OVERLOAD_STATUS =
            ConfigOptions.key("overload-status")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "429 or 503, whichever the vendor retries. Default: the preset's, or"
                                    + " 503.");

    public static final ConfigOption<MemorySize> MAX_BODY =
            ConfigOptions.key("max-body")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription("Body as sent; beyond it 413, declared or not.");

    public static final ConfigOption<MemorySize> MAX_INFLATED_BODY =
            ConfigOptions.key("max-inflated-body")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(4))
                    .withDescription("Body after `Content-Encoding` is undone; beyond it 413.");

    public static final ConfigOption<Duration> BODY_TIMEOUT =
            ConfigOptions.key("body-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "Time from the headers to the body's last byte; a slower body gets"
                                    + " 408.");

    public static final ConfigOption<List<String>> CONTENT_TYPES =
            ConfigOptions.key("content-types")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Media types that are accepted, others get 415. Default: all.");

    private StreamOptions() {}
}
