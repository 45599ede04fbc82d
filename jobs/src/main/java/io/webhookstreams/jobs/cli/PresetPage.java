/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.BuiltIn;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.ValueLocation;

import java.util.Map;
import java.util.stream.Collectors;

/** A preset's page in Markdown, in {@code docs/presets/} and on the console. */
public final class PresetPage {

    /** What the stream of {@link #configuration} is given while it is tried out. */
    static final String LOW_LIMITS =
            """
            streams:
              events:
                profile: sandbox
            """;

    private PresetPage() {}

    /** The whole page. */
    public static String of(Preset preset) {
        String facts =
                PresetText.facts(preset).entrySet().stream()
                        .map(PresetPage::line)
                        .collect(Collectors.joining("\n"));
        return """
                # `%s`

                %s.

                ```yaml
                %s```

                %s

                ## Register it

                %s Menus change: where the sender's own pages say something else, they are right.

                ## Begin small

                %s

                ```yaml
                %s```

                [A word](../rate-limits.md#a-sandbox-in-one-word) for one request a second, 20 at once, and bodies of 256 kb at most: take it out when what comes is what you expected.

                ## Behind a gateway

                %s

                ## Try it

                %s
                """
                .formatted(
                        preset.name(),
                        preset.title(),
                        configuration(preset),
                        facts,
                        preset.register(),
                        preset.sandbox(),
                        LOW_LIMITS,
                        PresetGateway.of(preset),
                        trial(preset));
    }

    /** A configuration with one stream of this kind, to be filled in. */
    static String configuration(Preset preset) {
        StringBuilder yaml = new StringBuilder();
        if (signsUrl(preset)) {
            yaml.append(
                    "listener:\n  public-url: https://hooks.example.com  # as the sender has it\n");
        }
        yaml.append("streams:\n  events:\n    path: /in/events-5f0c9a\n    auth:\n");
        yaml.append("      type: ").append(preset.name()).append('\n');
        if (preset.builtIn() == null) {
            yaml.append("      secrets: [\"2026-11=file:/run/secrets/")
                    .append(preset.name())
                    .append("\"]\n");
        } else {
            yaml.append(account(preset));
        }
        if (preset.envelope().id().equals(ValueLocation.NOWHERE)) {
            yaml.append(
                    "    event-id: none  # or where your sender puts it: retries come out twice\n");
        }
        if (preset.handshake() != null && preset.handshake().checksToken()) {
            yaml.append("    handshake:\n      verify-token: file:/run/secrets/verify-token\n");
        }
        return yaml.toString();
    }

    private static String account(Preset preset) {
        return switch (preset.builtIn()) {
            case AWS_SNS -> "      topics: [\"arn:aws:sns:eu-west-1:123456789012:events\"]\n";
            case PAYPAL -> "      webhook-id: 8PT597110X687430LKGECATA  # as PayPal shows it\n";
            case JWT -> token(preset);
        };
    }

    private static String token(Preset preset) {
        StringBuilder yaml = new StringBuilder("      jwt:\n");
        if (preset.jwt().isOfTenant()) {
            yaml.append("        tenant: aaaabbbb-0000-cccc-1111-dddd2222eeee\n");
        }
        if (preset.jwt().jwks() == null) {
            yaml.append("        jwks: file:/run/secrets/").append(preset.name()).append(".json\n");
        }
        if (preset.jwt().issuer() != null) {
            yaml.append("        audience: https://hooks.example.com/in/events-5f0c9a\n");
        }
        if (!preset.pinnedClaims().isEmpty()) {
            yaml.append(
                    preset.pinnedClaims().stream()
                            .map(claim -> claim + "=" + sender(claim))
                            .collect(Collectors.joining(";", "        claims: ", "\n")));
        }
        return yaml.toString();
    }

    private static String sender(String claim) {
        return claim.equals("email")
                ? "sender@project.example"
                : "00001111-aaaa-2222-bbbb-3333cccc4444";
    }

    private static String trial(Preset preset) {
        String verify =
                "What does not pass, [`webhooks verify`](../debugging-signatures.md) explains.";
        if (preset.builtIn() != null && preset.builtIn() != BuiltIn.JWT) {
            return "Nobody else has the vendor's private key: use its sandbox, or its button for a test"
                    + " event. "
                    + verify;
        }
        boolean pair =
                preset.builtIn() == BuiltIn.JWT
                        || preset.schemes().stream().anyMatch(s -> s.algorithm().isKeyPair());
        boolean form =
                preset.schemes().stream()
                        .anyMatch(s -> s.content() != null && s.content().contains("form-sorted"));
        String key = preset.builtIn() == BuiltIn.JWT ? "KID=file:private.pem" : "file:private.pem";
        return """
                ```sh
                webhooks send --config webhooks.yaml --stream events --data event%s%s
                ```

                %s%s"""
                .formatted(
                        form ? ".form --content-type application/x-www-form-urlencoded" : ".json",
                        pair ? " --signing-key " + key : "",
                        pair
                                ? "With a key pair of your own, whose public half the stream has for this"
                                        + " test. "
                                : "",
                        verify);
    }

    static boolean signsUrl(Preset preset) {
        return preset.schemes().stream()
                .anyMatch(s -> s.content() != null && s.content().contains("{url}"));
    }

    private static String line(Map.Entry<String, String> fact) {
        return "- **" + fact.getKey() + ":** " + fact.getValue();
    }
}
