/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request of a vendor's form, and two pairs of keys: its own and another stream's.
 *
 * @param preset by its name
 * @param draft before it is signed
 */
record VendorSample(String preset, String form, Outgoing draft, TestKeys own, TestKeys other) {

    static final String PUBLIC_URL = "https://hooks.example.com:8443";
    static final String ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

    private static final String ADYEN =
            """
            {"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{},\
            "amount":{"currency":"EUR","value":1000},"eventCode":"AUTHORISATION",\
            "eventDate":"2026-03-01T12:00:00+01:00","merchantAccountCode":"Acme",\
            "merchantReference":"Order 1","pspReference":"7914073381342284","success":"true"}}]}\
            """;

    /** All presets that are schemes, some of them in several forms. */
    static Stream<VendorSample> all() {
        return Presets.all().stream()
                .filter(preset -> preset.builtIn() == null)
                .flatMap(VendorSample::of);
    }

    /** Those whose vendor signs a time. */
    static Stream<VendorSample> allWithATime() {
        return all().filter(s -> s.data().schemes().stream().allMatch(x -> x.timestamp() != null));
    }

    Preset data() {
        return Presets.named(preset).orElseThrow();
    }

    Verifier verifier() {
        return verifier(own);
    }

    Verifier verifier(TestKeys keys) {
        try {
            return AuthSchemes.verifier(settings(), new TestSecrets().put("A", keys.verifying()));
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    Signer signer() {
        try {
            return AuthSchemes.signer(
                    settings(), new TestSecrets().put("A", own.signing()), () -> ID);
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    Outgoing signed() {
        return signer().sign(draft, NOW, ID);
    }

    Received received() {
        return Received.of(signed(), NOW);
    }

    VendorSample body(byte[] bytes) {
        return new VendorSample(preset, form, draft.body(bytes), own, other);
    }

    AuthSettings settings() {
        return TestSecrets.settings(preset, "A").at(PUBLIC_URL);
    }

    /** Whether one signature proves one body only, byte by byte. */
    boolean bindsBytes() {
        boolean bound = preset.equals("twilio") && form.equals("JSON");
        return bound || data().covers(ValueLocation.parse("body-digest"));
    }

    @Override
    public String toString() {
        return preset + ", " + form;
    }

    private static Stream<VendorSample> of(Preset preset) {
        return drafts(preset.name()).entrySet().stream()
                .map(
                        draft ->
                                new VendorSample(
                                        preset.name(),
                                        draft.getKey(),
                                        draft.getValue(),
                                        TestKeys.of(preset.schemes().get(0), 1),
                                        TestKeys.of(preset.schemes().get(0), 2)));
    }

    private static Map<String, Outgoing> drafts(String preset) {
        return switch (preset) {
            case "adyen" -> Map.of("one item", json(ADYEN));
            case "mailgun" ->
                    Map.of("event", json("{\"signature\":{},\"event-data\":{\"id\":\"evt_1\"}}"));
            case "microsoft-graph" ->
                    Map.of("two items", json("{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}"));
            case "segment-batch" ->
                    Map.of(
                            "batch",
                            json(" [ {\"messageId\":\"1\",\"a\":[{}]} , {\"messageId\":\"2\"}]"),
                            "single",
                            json("{\"messageId\":\"1\"}"));
            case "twilio" ->
                    Map.of(
                            "form",
                            form("To=%2B1800&Body=a+b%C3%A9&Digits=2&Digits=1&Digits=2&Empty="),
                            "JSON",
                            json("{\"id\":\"evt_1\"}").query("foo=1&bodySHA256=0"));
            default -> Map.of("JSON", json("{\"id\":\"evt_1\",\"type\":\"order.paid\"}"));
        };
    }

    private static Outgoing json(String body) {
        return Outgoing.post("/in/orders", body.getBytes(StandardCharsets.UTF_8))
                .header("content-type", "application/json");
    }

    private static Outgoing form(String body) {
        return Outgoing.post("/in/orders", body.getBytes(StandardCharsets.UTF_8))
                .query("foo=1&bar=2")
                .header("content-type", "application/x-www-form-urlencoded");
    }

    /** The headers that the signer added and the receiver relies on. */
    List<String> credentialHeaders() {
        Preset data = data();
        return signed().headers().keySet().stream()
                .filter(name -> !draft.headers().containsKey(name))
                .filter(
                        name ->
                                !data.envelope().id().toString().equals("header:" + name)
                                        || data.covers(data.envelope().id()))
                .toList();
    }
}
