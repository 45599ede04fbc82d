/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Whom {@code mtls} lets in by a header that a proxy sends. */
class ForwardedCertificateTest {

    private static final String XFCC = "X-Forwarded-Client-Cert";
    private static final String CLIENT_CERT = "Client-Cert";

    /** The third example of Envoy's documentation, with its Subject as newer versions write it. */
    private static final String ENVOY =
            "By=http://frontend.lyft.com;Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688;"
                    + "Subject=\"CN=Test Client,OU=Lyft,L=San Francisco,ST=CA,C=US\";"
                    + "URI=http://testclient.lyft.com;DNS=lyft.com;DNS=www.lyft.com";

    private static final String UNLISTED = "By=spiffe://p;Subject=\"CN=nobody\";DNS=nobody.example";

    @TempDir static Path folder;
    private static TestClients certificates;

    private final Verifier envoys = verifier(ForwardedHeader.X_FORWARDED_CLIENT_CERT);
    private final Verifier rfc9440 = verifier(ForwardedHeader.CLIENT_CERT);

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestClients(folder);
        certificates.make("proxy", "CN=proxy", "dns:proxy.example");
        certificates.make("orders", "CN=orders,O=Example", "dns:Orders.example,email:a@b.example");
        certificates.make("other", "CN=other", "dns:other.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns:LYFT.com | LYFT.com",
                "web=dns:www.lyft.com | web",
                "uri:http://testclient.lyft.com | http://testclient.lyft.com",
                "s=subject:C=US, ST=CA, L=San Francisco, OU=Lyft, CN=Test Client | none",
                "s=subject:CN=Test Client,OU=Lyft,L=San Francisco,ST=CA,C=US | s",
                "uri:http://frontend.lyft.com | none",
                "dns:frontend.lyft.com | none"
            })
    void the_names_that_envoy_writes_are_compared_as_those_of_a_certificate(
            String entry, String name) {
        Verifier verifier =
                verifier(ForwardedHeader.X_FORWARDED_CLIENT_CERT, ClientName.parse(entry));

        Decision decision = verifier.verify(fromProxy(XFCC, ENVOY));

        if (name.equals("none")) {
            assertDenied(decision, Cause.NO_MATCH);
        } else {
            assertThat(decision).isEqualTo(new Verified("mtls", name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DNS=orders.example",
                "dns=ORDERS.example",
                "DNS=\"orders.example\"",
                " DNS = orders.example",
                "DNS=orders.example;Unknown=\"a;b,c\\\"d\"",
                "DNS=first.example;DNS=orders.example",
                "DNS=first.example;URI=\"spiffe://a;b,c=d\" , DNS=orders.example ",
                "URI=;Subject=\"\";DNS=orders.example",
                "Subject=\"CN=a\\\\\";DNS=orders.example",
                "Subject=\"/C=US/CN=old form\";DNS=orders.example",
                UNLISTED + ",DNS=orders.example"
            })
    void forms_of_elements(String header) {
        Decision decision = envoys.verify(fromProxy(XFCC, header));

        if (header.contains(" = ")) {
            assertDenied(decision, Cause.MALFORMED_CREDENTIAL);
        } else {
            assertThat(decision).isEqualTo(new Verified("mtls", "shop"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";",
                "=",
                "DNS",
                "DNS=orders.example,",
                "DNS=orders.example;",
                ",DNS=orders.example",
                "a,DNS=orders.example",
                "=a,DNS=orders.example",
                "DNS=\"orders.example",
                "DNS=\"orders.example\\\"",
                "DNS=\"orders.example\"x",
                "DNS=or\"ders.example",
                "Subject=\"CN=a\\\\\"b\";DNS=orders.example",
                "X=\"," + UNLISTED,
                "Cert=\"%\";DNS=orders.example",
                "Cert=\"%zz\";DNS=orders.example",
                "Cert=\"-----BEGIN CERTIFICATE----------END CERTIFICATE-----\"",
                "Cert=\"-----BEGIN CERTIFICATE-----END CERTIFICATE-----\"",
                "Cert=\"AAAA\";DNS=orders.example"
            })
    void what_is_malformed_anywhere_is_denied(String header) {
        assertDenied(envoys.verify(fromProxy(XFCC, header)), Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void of_several_elements_the_last_one_counts() {
        assertThat(envoys.verify(fromProxy(XFCC, UNLISTED + ",DNS=orders.example")))
                .isEqualTo(new Verified("mtls", "shop"));
        assertDenied(
                envoys.verify(fromProxy(XFCC, "DNS=orders.example," + UNLISTED)), Cause.NO_MATCH);
    }

    @Test
    void what_is_there_twice_is_denied() {
        for (String key : List.of("Cert", "Subject")) {
            assertDenied(
                    envoys.verify(
                            fromProxy(XFCC, key + "=\"\";" + key + "=\"\";DNS=orders.example")),
                    Cause.DUPLICATE_CREDENTIAL);
        }
        assertDenied(
                envoys.verify(request("proxy", XFCC, "DNS=orders.example", "DNS=orders.example")),
                Cause.DUPLICATE_CREDENTIAL);
        String value = byteSequence("orders");
        assertDenied(
                rfc9440.verify(request("proxy", CLIENT_CERT, value, value)),
                Cause.DUPLICATE_CREDENTIAL);
    }

    @Test
    void a_certificate_counts_and_the_texts_beside_it_do_not() throws Exception {
        String orders = "Cert=\"" + urlEncodedPem("orders") + "\"";
        String other = "Cert=\"" + urlEncodedPem("other") + "\"";

        assertThat(envoys.verify(fromProxy(XFCC, orders + ";DNS=nobody.example")))
                .isEqualTo(new Verified("mtls", "shop"));
        assertDenied(envoys.verify(fromProxy(XFCC, other + ";DNS=orders.example")), Cause.NO_MATCH);
        assertThat(
                        verifier(
                                        ForwardedHeader.X_FORWARDED_CLIENT_CERT,
                                        ClientName.parse("mail=email:a@b.example"))
                                .verify(fromProxy(XFCC, orders)))
                .isEqualTo(new Verified("mtls", "mail"));
    }

    @Test
    void a_certificate_of_rfc_9440_is_read() {
        assertThat(rfc9440.verify(fromProxy(CLIENT_CERT, byteSequence("orders"))))
                .isEqualTo(new Verified("mtls", "shop"));
        assertThat(rfc9440.verify(fromProxy(CLIENT_CERT, " " + byteSequence("orders") + " ")))
                .isEqualTo(new Verified("mtls", "shop"));
        assertDenied(rfc9440.verify(fromProxy(CLIENT_CERT, byteSequence("other"))), Cause.NO_MATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "::", ":AAAA:", "AAAA", ":A A:", ":-_:", ":AAAA:;a=1", ":MAA=:"})
    void what_is_no_certificate_in_a_byte_sequence_is_denied(String value) {
        assertDenied(rfc9440.verify(fromProxy(CLIENT_CERT, value)), Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void more_than_a_certificate_is_denied() throws Exception {
        byte[] der = certificates.get("orders").getEncoded();
        byte[] longer = Arrays.copyOf(der, der.length + 1);
        String pem = TestClients.pem(certificates.get("orders"));

        for (byte[] bytes : List.of(longer, pem.getBytes(StandardCharsets.US_ASCII))) {
            String value = ":" + Base64.getEncoder().encodeToString(bytes) + ":";
            assertDenied(rfc9440.verify(fromProxy(CLIENT_CERT, value)), Cause.MALFORMED_CREDENTIAL);
        }
        String twice = urlEncodedPem("orders") + urlEncodedPem("orders");
        assertDenied(
                envoys.verify(fromProxy(XFCC, "Cert=\"" + twice + "\"")),
                Cause.MALFORMED_CREDENTIAL);
    }

    @ParameterizedTest
    @EnumSource(ForwardedHeader.class)
    void a_header_beyond_its_limit_is_denied(ForwardedHeader header) {
        String value = header == ForwardedHeader.CLIENT_CERT ? ":" : "DNS=orders.example;X=";

        assertDenied(
                verifier(header)
                        .verify(fromProxy(header.toString(), value + "A".repeat(16 << 10) + ":")),
                Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_forwarded_certificate_has_its_time() throws Exception {
        X509Certificate orders = certificates.get("orders");
        Instant late = orders.getNotAfter().toInstant().plus(Duration.ofSeconds(1));
        // The proxy's own is valid for longer.
        certificates.makeFor("lasting", "CN=proxy", "dns:proxy.example", 4000);

        AuthRequest request =
                new Request(
                        certificates.get("lasting"),
                        CLIENT_CERT,
                        List.of(byteSequence("orders")),
                        late);

        assertDenied(rfc9440.verify(request), Cause.NO_MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "other"})
    void from_whom_is_no_proxy_the_header_says_nothing(String peer) {
        for (String value : List.of("DNS=orders.example", "DNS=nobody.example", "\"")) {
            Decision decision = envoys.verify(request(peer, XFCC, value));

            if (peer.equals("orders")) {
                assertThat(decision).isEqualTo(new Verified("mtls", "shop"));
            } else {
                assertDenied(decision, Cause.NO_MATCH);
            }
        }
    }

    @Test
    void without_a_certificate_of_its_own_nobody_is_a_proxy() {
        AuthRequest request = new Request(null, XFCC, List.of("DNS=orders.example"), now());

        assertDenied(envoys.verify(request), Cause.MISSING_CREDENTIAL);
    }

    @Test
    void a_proxy_is_judged_by_the_configured_header_only_and_never_by_its_own_certificate() {
        Verifier listed =
                verifier(
                        ForwardedHeader.X_FORWARDED_CLIENT_CERT,
                        ClientName.parse("dns:proxy.example"));

        assertDenied(listed.verify(request("proxy", XFCC)), Cause.MISSING_CREDENTIAL);
        assertDenied(
                envoys.verify(fromProxy(CLIENT_CERT, byteSequence("orders"))),
                Cause.MISSING_CREDENTIAL);
        assertDenied(
                rfc9440.verify(fromProxy(XFCC, "DNS=orders.example")), Cause.MISSING_CREDENTIAL);
    }

    @Test
    void no_forwarded_header_reaches_a_record() {
        assertThat(envoys.credentialHeaders())
                .contains("x-forwarded-client-cert", "client-cert", "client-cert-chain");
    }

    @Test
    void header_and_proxies_go_together_and_with_mtls_alone() {
        ClientName name = ClientName.parse("dns:a.example");
        List<ClientName> one = List.of(name);

        assertThat(
                        problems(
                                "mtls",
                                new ClientSettings(one, ForwardedHeader.CLIENT_CERT, List.of())))
                .containsExactly(
                        "auth.forwarded.header: client-cert (expected: auth.forwarded.proxies"
                                + " beside it, who may send it)");
        assertThat(problems("mtls", new ClientSettings(one, null, one)))
                .containsExactly(
                        "auth.forwarded.proxies: 1 entries (expected: auth.forwarded.header beside"
                                + " them)");
        assertThat(problems("none", new ClientSettings(one, ForwardedHeader.CLIENT_CERT, one)))
                .containsExactly(
                        "auth.clients: 1 entries (expected: 0 with type none)",
                        "auth.forwarded.proxies: 1 entries (expected: 0 with type none)",
                        "auth.forwarded.header: client-cert (expected: none with type none)");
    }

    @Test
    void whatever_a_client_writes_before_a_proxys_element_it_is_not_let_in_by_it() {
        String[] parts = {
            "DNS=orders.example", ",", ";", "\"", "\\", "=", " ", "Cert=", "X=\"", "Subject=\"", "a"
        };
        String[] proxys = {UNLISTED, "DNS=nobody.example", "Subject=\"\";URI="};
        Fuzz.inputs(
                20_000,
                random -> {
                    StringBuilder header = new StringBuilder();
                    for (int i = random.nextInt(12); i > 0; i--) {
                        header.append(parts[random.nextInt(parts.length)]);
                    }
                    header.append(',').append(proxys[random.nextInt(proxys.length)]);
                    assertThat(envoys.verify(fromProxy(XFCC, header.toString())))
                            .as(header.toString())
                            .isInstanceOf(Denied.class);
                });
    }

    @Test
    void damaged_headers_are_denied_or_read_and_throw_nothing() throws Exception {
        String xfcc = ENVOY + ",Cert=\"" + urlEncodedPem("orders") + "\"";
        String rfc = byteSequence("orders");
        Fuzz.inputs(
                5_000,
                random -> {
                    check(envoys, XFCC, damaged(random, xfcc));
                    check(rfc9440, CLIENT_CERT, damaged(random, rfc));
                });
    }

    @Test
    void damaged_certificates_are_denied_or_read_and_throw_nothing() throws Exception {
        byte[] der = certificates.get("orders").getEncoded();
        Verifier bySubject =
                verifier(
                        ForwardedHeader.CLIENT_CERT,
                        ClientName.parse("shop=subject:CN=orders,O=Example"));
        Fuzz.inputs(
                5_000,
                random -> {
                    byte[] damaged = Damage.of(der, random);
                    String value = ":" + Base64.getEncoder().encodeToString(damaged) + ":";
                    check(rfc9440, CLIENT_CERT, value);
                    check(bySubject, CLIENT_CERT, value);
                });
    }

    private static void check(Verifier verifier, String header, String value) {
        Decision decision = verifier.verify(fromProxy(header, value));
        if (decision instanceof Verified verified) {
            assertThat(verified.secretName()).isEqualTo("shop");
        }
    }

    private static String damaged(SplittableRandom random, String text) {
        return Damage.of(text, random);
    }

    private static List<String> problems(String type, ClientSettings clients) {
        return AuthSchemes.problems(settings(type, clients));
    }

    private static Verifier verifier(ForwardedHeader header) {
        return verifier(header, ClientName.parse("shop=dns:orders.example"));
    }

    private static Verifier verifier(ForwardedHeader header, ClientName client) {
        ClientSettings clients =
                new ClientSettings(
                        List.of(client), header, List.of(ClientName.parse("dns:proxy.example")));
        return new MtlsVerifier("mtls", clients);
    }

    private static AuthSettings settings(String type, ClientSettings clients) {
        AuthSettings none = AuthSettings.of(type);
        return new AuthSettings(
                type,
                List.of(),
                null,
                null,
                null,
                none.jwt(),
                clients,
                none.vendor(),
                List.of(),
                List.of());
    }

    private static void assertDenied(Decision decision, Cause cause) {
        assertThat(decision).isInstanceOf(Denied.class);
        assertThat(((Denied) decision).cause()).as(decision.toString()).isEqualTo(cause);
    }

    private static AuthRequest fromProxy(String header, String value) {
        return request("proxy", header, value);
    }

    private static AuthRequest request(String peer, String header, String... lines) {
        return new Request(certificates.get(peer), header, List.of(lines), now());
    }

    private static Instant now() {
        return certificates.get("proxy").getNotBefore().toInstant().plus(Duration.ofDays(1));
    }

    private static String byteSequence(String alias) {
        try {
            byte[] der = certificates.get(alias).getEncoded();
            return ":" + Base64.getEncoder().encodeToString(der) + ":";
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    /** As Envoy encodes it. */
    private static String urlEncodedPem(String alias) {
        return TestClients.pem(certificates.get(alias))
                .replace("\n", "%0A")
                .replace(" ", "%20")
                .replace("+", "%2B")
                .replace("/", "%2F")
                .replace("=", "%3D");
    }

    /** A request over a connection with that certificate; null for none. */
    private record Request(
            X509Certificate peer, String header, List<String> lines, Instant receivedAt)
            implements AuthRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/in/orders";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase(header) ? lines : List.of();
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public List<X509Certificate> clientCertificates() {
            return peer == null ? List.of() : List.of(peer);
        }
    }
}
