/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import static io.webhookstreams.auth.vendor.TestPost.NOW;
import static io.webhookstreams.auth.vendor.TestSns.CONFIRM_TOKEN;
import static io.webhookstreams.auth.vendor.TestSns.FILE;
import static io.webhookstreams.auth.vendor.TestSns.HOST;
import static io.webhookstreams.auth.vendor.TestSns.SUBSCRIBE_URL;
import static io.webhookstreams.auth.vendor.TestSns.TOPIC;
import static io.webhookstreams.auth.vendor.TestSns.URL;
import static io.webhookstreams.auth.vendor.TestSns.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Confirmation;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Explainer;
import io.webhookstreams.auth.Explanation;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.fetch.FetchFailedException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class AwsSnsVerifierTest {

    private static final SecretResolver NO_SECRETS =
            ref -> {
                throw new SecretUnavailableException(ref, "none");
            };

    @TempDir private static Path directory;
    private static TestCertificates certificates;

    private final TestFetch fetch = new TestFetch();
    private final TestFetch confirm = new TestFetch();
    private long nanos;
    private final AwsSnsVerifier verifier =
            new AwsSnsVerifier(
                    "aws-sns",
                    List.of(SnsTopic.parse(TOPIC)),
                    new Times(new Tolerance(Duration.ofHours(2), Duration.ofMinutes(5))),
                    fetch,
                    confirm,
                    () -> nanos);

    @BeforeAll
    static void make() {
        certificates =
                new TestCertificates(directory)
                        .authority("ca")
                        .signed("sns", "sns.amazonaws.com", "ca")
                        .signed("other", "sns.amazonaws.com.attacker.example", "ca");
    }

    @ParameterizedTest
    @CsvSource({
        "Notification, 1",
        "Notification, 2",
        "SubscriptionConfirmation, 1",
        "SubscriptionConfirmation, 2",
        "UnsubscribeConfirmation, 2"
    })
    void a_message_is_told_to_come_again_and_then_verified(String type, String version) {
        TestPost post = TestPost.of(signed(message(type, version), version).toString());

        assertThat(verifier.precheck(post)).isEmpty();
        assertCause(post, Cause.KEY_PENDING);
        assertCause(post, Cause.KEY_PENDING);
        assertThat(fetch.started()).hasSize(1);
        fetch.answer(certificates.pem("sns"));
        assertThat(verifier.verify(post)).isEqualTo(new Verified("aws-sns", FILE));
    }

    @Test
    void a_subject_is_signed_where_there_is_one() {
        known();
        ObjectNode message = message("Notification", "2").put("Subject", "s");

        assertVerified(signed(message, "2"));
        assertCause(signed(message, "2").put("Subject", "t"), Cause.NO_MATCH);
        ObjectNode without = signed(message, "2");
        without.remove("Subject");
        assertCause(without, Cause.NO_MATCH);
        assertVerified(signed(message("Notification", "2"), "2").putNull("Subject"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message", "MessageId", "Type", "Signature"})
    void whatever_is_changed_is_refused(String field) {
        known();
        ObjectNode message = signed(message("Notification", "2"), "2");

        assertThat(decide(message.deepCopy().put(field, "QUFB"))).isInstanceOf(Denied.class);
        message.remove(field);
        assertThat(decide(message)).isInstanceOf(Denied.class);
    }

    @Test
    void the_version_says_the_digest_and_another_is_unknown() {
        known();

        assertCause(
                signed(message("Notification", "2"), "2").put("SignatureVersion", "1"),
                Cause.NO_MATCH);
        assertCause(
                signed(message("Notification", "2"), "2").put("SignatureVersion", "3"),
                Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_message_of_another_topic_is_refused_and_fetches_nothing() {
        ObjectNode message =
                message("Notification", "2").put("TopicArn", TOPIC.replace("1234", "9999"));

        assertCause(signed(message, "2"), Cause.NO_MATCH);
        assertThat(fetch.started()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-east-1.amazonaws.com/" + FILE,
                "https://sns.eu-west-1.amazonaws.com/" + FILE,
                "https://sns.us-east-1.amazonaws.com.attacker.example/" + FILE,
                "https://sns.us-east-1.amazonaws.com.cn/" + FILE,
                "https://bucket.s3.amazonaws.com/" + FILE,
                "https://sns.us-east-1.amazonaws.com:443/" + FILE,
                "https://user@sns.us-east-1.amazonaws.com/" + FILE,
                "https://sns.us-east-1.amazonaws.com/other.pem",
                "https://sns.us-east-1.amazonaws.com/x/../" + FILE,
                "https://sns.us-east-1.amazonaws.com/" + FILE + "?a=b",
                "https://sns.us-east-1.amazonaws.com/" + FILE + "#a",
                "https://SNS.us-east-1.amazonaws.com/" + FILE,
                "https://169.254.169.254/" + FILE,
                "file:///etc/passwd",
                "not a url",
                ""
            })
    void a_certificate_that_is_not_awss_is_not_fetched(String url) {
        assertCause(
                signed(message("Notification", "2"), "2").put("SigningCertURL", url),
                Cause.NO_MATCH);
        assertThat(fetch.started()).isEmpty();
    }

    @Test
    void a_certificate_of_another_name_is_refused_and_not_fetched_at_once_again() {
        TestPost post = post(signed(message("Notification", "2"), "2"));
        assertCause(post, Cause.KEY_PENDING);
        fetch.answer(certificates.pem("other"));

        assertCause(post, Cause.NO_MATCH);
        assertThat(fetch.started()).hasSize(1);
    }

    @Test
    void while_aws_cannot_be_reached_the_sender_is_told_to_come_again() {
        TestPost post = post(signed(message("Notification", "2"), "2"));
        assertCause(post, Cause.KEY_PENDING);
        fetch.fail();
        assertCause(post, Cause.SECRET_UNAVAILABLE);
        assertThat(fetch.started()).hasSize(1);

        nanos += Duration.ofSeconds(31).toNanos();
        assertCause(post, Cause.KEY_PENDING);
        fetch.answer(certificates.pem("sns"));
        assertThat(verifier.verify(post)).isInstanceOf(Verified.class);
    }

    @Test
    void a_flood_of_certificates_starts_few_fetches_and_evicts_no_good_one() {
        known();
        ObjectNode message = signed(message("Notification", "2"), "2");
        for (int i = 0; i < 10_000; i++) {
            String file = "SimpleNotificationService-%032x.pem".formatted(i);
            decide(message.deepCopy().put("SigningCertURL", URL.replace(FILE, file)));
        }
        assertThat(fetch.started()).hasSizeLessThanOrEqualTo(20);
        assertVerified(signed(message("Notification", "2"), "2"));
    }

    @Test
    void an_old_message_is_refused_where_an_age_is_configured() {
        known();
        TestPost post = post(signed(message("Notification", "2"), "2"));

        assertThat(verifier.verify(post.at(NOW.plus(Duration.ofHours(2)))))
                .isInstanceOf(Verified.class);
        assertCause(post.at(NOW.plus(Duration.ofHours(3))), Cause.TIMESTAMP_TOO_OLD);
    }

    @Test
    void a_raw_delivery_is_refused_before_its_body_is_read() {
        TestPost post = TestPost.of("{}").with("x-amz-sns-rawdelivery", "true");

        assertThat(verifier.precheck(post)).isPresent();
        assertThat(verifier.verify(post)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "1", "{", "{}", "{\"Type\":\"Notification\"}", "{\"Type\":1}"})
    void what_is_no_message_is_refused(String body) {
        assertCause(TestPost.of(body), Cause.MISSING_CONTENT);
    }

    /** Whoever reads the body downstream must read what was signed, and nothing else. */
    @Test
    void a_message_with_another_reading_is_refused() {
        known();
        String good = signed(message("Notification", "2"), "2").toString();
        assertThat(verifier.verify(TestPost.of(good + "\r\n "))).isInstanceOf(Verified.class);

        for (String more : List.of("{\"Message\":\"evil\"}", " 1", ",", "]", "\u0000")) {
            assertCause(TestPost.of(good + more), Cause.MISSING_CONTENT);
        }
        assertCause(
                TestPost.of(good.substring(0, good.length() - 1) + ",\"Message\":\"evil\"}"),
                Cause.MISSING_CONTENT);
        for (Charset other :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_16,
                        Charset.forName("UTF-32"))) {
            TestPost post = new TestPost("POST", Map.of(), good.getBytes(other), NOW);
            assertCause(post, Cause.MISSING_CONTENT);
        }
    }

    @Test
    void a_line_end_where_sns_has_none_is_refused() {
        known();
        ObjectNode message = message("Notification", "2").put("MessageId", "a\nTimestamp");

        assertCause(signed(message, "2"), Cause.MISSING_CONTENT);
    }

    @Test
    void an_explanation_decides_as_the_verifier_does_and_fetches_nothing() throws Exception {
        known();
        AuthSettings settings =
                AuthSettings.of("aws-sns").with(new VendorSettings(List.of(TOPIC), null));
        byte[] pem = certificates.pem("sns");
        ObjectNode good = signed(message("Notification", "2"), "2");
        for (ObjectNode one :
                List.of(
                        good,
                        good.deepCopy().put("Message", "another"),
                        good.deepCopy().put("TopicArn", TOPIC + "x"),
                        good.deepCopy().put("SigningCertURL", "https://attacker.example/" + FILE),
                        good.deepCopy().put("Timestamp", "yesterday"))) {
            Explanation explained =
                    new Explainer(NO_SECRETS, url -> CompletableFuture.completedFuture(pem))
                            .explain(settings, post(one), Map.of());

            assertThat(explained.decision()).isEqualTo(decide(one));
        }
        Explanation offline =
                new Explainer(
                                NO_SECRETS,
                                url ->
                                        CompletableFuture.failedFuture(
                                                new FetchFailedException("offline")))
                        .explain(settings, post(good), Map.of());
        assertThat(offline.steps()).contains("TopicArn: " + TOPIC, "SigningCertURL: " + URL);
        assertThat(offline.advice()).anyMatch(line -> line.contains("--fetched"));
    }

    @Test
    void topics_are_arns() {
        assertThat(AwsSnsVerifier.problems(VendorSettings.EMPTY))
                .containsExactly(
                        "auth.topics: missing (expected: arn:aws:sns:REGION:ACCOUNT:NAME of a topic"
                                + " that may send)");
        assertThat(
                        AwsSnsVerifier.problems(
                                new VendorSettings(
                                        List.of(TOPIC, "orders", "arn:aws:sqs:us-east-1:1:a"),
                                        null)))
                .hasSize(2);
        assertThat(SnsTopic.parse("arn:aws-cn:sns:cn-north-1:123456789012:a.fifo").host())
                .isEqualTo("sns.cn-north-1.amazonaws.com.cn");
        assertThat(SnsTopic.parse("arn:aws-us-gov:sns:us-gov-west-1:123456789012:a").host())
                .isEqualTo("sns.us-gov-west-1.amazonaws.com");
    }

    @Test
    void a_subscription_is_confirmed_by_one_fetch_of_its_own_url() {
        known();
        TestPost post = post(signed(message("SubscriptionConfirmation", "2"), "2"));

        assertThat(verifier.confirm(post, SUBSCRIBE_URL, true)).isEqualTo(Confirmation.PENDING);
        assertThat(verifier.confirm(post, SUBSCRIBE_URL, true)).isEqualTo(Confirmation.PENDING);
        assertThat(confirm.started()).containsExactly(URI.create(SUBSCRIBE_URL));
        confirm.answer("<ConfirmSubscriptionResponse/>".getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.confirm(post, SUBSCRIBE_URL, true)).isEqualTo(Confirmation.DONE);
        assertThat(confirm.started()).hasSize(1);
        assertThat(fetch.started()).hasSize(1);
    }

    @Test
    void a_confirmation_that_failed_is_not_tried_at_once_again() {
        known();
        TestPost post = post(signed(message("SubscriptionConfirmation", "2"), "2"));
        verifier.confirm(post, SUBSCRIBE_URL, true);
        confirm.fail();

        assertThat(verifier.confirm(post, SUBSCRIBE_URL, true)).isEqualTo(Confirmation.FAILED);
        assertThat(confirm.started()).hasSize(1);
        nanos += Duration.ofSeconds(31).toNanos();
        assertThat(verifier.confirm(post, SUBSCRIBE_URL, true)).isEqualTo(Confirmation.PENDING);
        assertThat(confirm.started()).hasSize(2);
    }

    @Test
    void nothing_is_fetched_where_it_is_not_allowed() {
        known();
        TestPost post = post(signed(message("SubscriptionConfirmation", "2"), "2"));

        assertThat(verifier.confirm(post, SUBSCRIBE_URL, false))
                .isEqualTo(Confirmation.NOT_ALLOWED);
        assertThat(confirm.started()).isEmpty();
    }

    @Test
    void what_is_not_signed_confirms_nothing() {
        ObjectNode good = signed(message("SubscriptionConfirmation", "2"), "2");
        assertThat(verifier.confirm(post(good), SUBSCRIBE_URL, true))
                .as("while its certificate is fetched")
                .isEqualTo(Confirmation.PENDING);
        fetch.answer(certificates.pem("sns"));

        for (ObjectNode forged :
                List.of(
                        good.deepCopy().put("Signature", "QUFB"),
                        good.deepCopy().put("Token", "another"),
                        good.deepCopy().put("TopicArn", TOPIC + "x"),
                        signed(message("UnsubscribeConfirmation", "2"), "2"),
                        signed(message("Notification", "2"), "2"))) {
            assertThat(verifier.confirm(post(forged), SUBSCRIBE_URL, true))
                    .isEqualTo(Confirmation.REFUSED);
        }
        assertThat(confirm.started()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-east-1.amazonaws.com/?QUERY",
                "https://sns.eu-west-1.amazonaws.com/?QUERY",
                "https://sns.us-east-1.amazonaws.com:443/?QUERY",
                "https://u@sns.us-east-1.amazonaws.com/?QUERY",
                "https://sns.us-east-1.amazonaws.com.attacker.example/?QUERY",
                "https://169.254.169.254/?QUERY",
                "HOST../?QUERY",
                "HOST?Action=Unsubscribe&TopicArn=TOPIC&Token=TOKEN",
                "HOST?Action=Unsubscribe&QUERY",
                "HOST?QUERY&Action=DeleteTopic",
                "HOST?Action=ConfirmSubscription&TopicArn=TOPICx&Token=TOKEN",
                "HOST?Action=ConfirmSubscription&TopicArn=TOPIC&Token=other",
                "HOST?Action=ConfirmSubscription&TopicArn=TOPIC",
                "HOST?QUERY#fragment",
                "HOST?QUERY&a=%zz",
                "HOST?QUERY&a=LONG",
                "HOST",
                "file:///etc/passwd",
                ""
            })
    void a_url_that_does_anything_else_is_not_fetched_though_it_is_signed(String form) {
        known();
        String query = SUBSCRIBE_URL.substring(HOST.length() + 1);
        String url =
                form.replace("QUERY", query)
                        .replace("HOST", HOST)
                        .replace("TOPIC", TOPIC)
                        .replace("TOKEN", CONFIRM_TOKEN)
                        .replace("LONG", "a".repeat(2048));
        ObjectNode message = message("SubscriptionConfirmation", "2").put("SubscribeURL", url);

        assertThat(verifier.confirm(post(signed(message, "2")), url, true))
                .isEqualTo(Confirmation.REFUSED);
        assertThat(confirm.started()).isEmpty();
    }

    @Test
    void awss_own_url_may_be_encoded_and_have_more() {
        known();
        String url = SUBSCRIBE_URL.replace(TOPIC, TOPIC.replace(":", "%3A")) + "&Version=1";
        ObjectNode message = message("SubscriptionConfirmation", "2").put("SubscribeURL", url);

        assertThat(verifier.confirm(post(signed(message, "2")), url, true))
                .isEqualTo(Confirmation.PENDING);
        assertThat(confirm.started()).containsExactly(URI.create(url));
    }

    @Test
    void logs_name_the_topic_and_not_the_token() {
        assertThat(SnsSubscriptions.shown(URI.create(SUBSCRIBE_URL)))
                .isEqualTo("subscription to " + TOPIC);
    }

    @Test
    void what_sns_does_not_post_is_refused() {
        known();
        TestPost put = post(signed(message("Notification", "2"), "2")).by("PUT");

        assertThat(verifier.precheck(put)).isPresent();
        assertCause(put, Cause.MALFORMED_CREDENTIAL);
    }

    private void known() {
        decide(signed(message("Notification", "2"), "2"));
        fetch.answer(certificates.pem("sns"));
    }

    private static ObjectNode signed(ObjectNode message, String version) {
        return TestSns.signed(message, version, certificates);
    }

    private Decision decide(ObjectNode message) {
        return verifier.verify(post(message));
    }

    private static TestPost post(ObjectNode message) {
        return TestPost.of(message.toString());
    }

    private void assertVerified(ObjectNode message) {
        assertThat(decide(message)).isInstanceOf(Verified.class);
    }

    private void assertCause(ObjectNode message, Cause cause) {
        assertCause(post(message), cause);
    }

    private void assertCause(TestPost post, Cause cause) {
        Decision decision = verifier.verify(post);
        assertThat(decision).isInstanceOf(Denied.class);
        assertThat(((Denied) decision).cause()).isEqualTo(cause);
    }
}
