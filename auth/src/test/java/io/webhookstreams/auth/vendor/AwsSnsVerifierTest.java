/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import static io.webhookstreams.auth.vendor.TestPost.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Explainer;
import io.webhookstreams.auth.Explanation;
import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.fetch.FetchFailedException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Messages as SNS makes them, signed with certificates of our own. */
class AwsSnsVerifierTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:orders";
    private static final String FILE =
            "SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    private static final String URL = "https://sns.us-east-1.amazonaws.com/" + FILE;
    private static final SecretResolver NO_SECRETS =
            ref -> {
                throw new SecretUnavailableException(ref, "none");
            };
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path directory;
    private static TestCertificates certificates;

    private final TestFetch fetch = new TestFetch();
    private long nanos;
    private final AwsSnsVerifier verifier =
            new AwsSnsVerifier(
                    "aws-sns",
                    List.of(SnsTopic.parse(TOPIC)),
                    new Times(Duration.ofHours(2), null),
                    fetch,
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

    private void known() {
        decide(signed(message("Notification", "2"), "2"));
        fetch.answer(certificates.pem("sns"));
    }

    private static ObjectNode message(String type, String version) {
        ObjectNode message =
                JSON.createObjectNode()
                        .put("Type", type)
                        .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
                        .put("TopicArn", TOPIC)
                        .put("Message", "two\nlines \u00e9")
                        .put("Timestamp", "2026-03-01T12:00:00.000Z")
                        .put("SignatureVersion", version)
                        .put("SigningCertURL", URL);
        return type.equals("Notification")
                ? message
                : message.put("Token", "t")
                        .put(
                                "SubscribeURL",
                                "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription");
    }

    /** As AWS's documentation says, written down once more. */
    private static ObjectNode signed(ObjectNode message, String version) {
        List<String> fields =
                message.get("Type").asText().equals("Notification")
                        ? List.of(
                                "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                        : List.of(
                                "Message",
                                "MessageId",
                                "SubscribeURL",
                                "Timestamp",
                                "Token",
                                "TopicArn",
                                "Type");
        StringBuilder content = new StringBuilder();
        for (String field : fields) {
            if (message.has(field)) {
                content.append(field).append("\n").append(message.get(field).asText()).append("\n");
            }
        }
        String algorithm = version.equals("1") ? "SHA1withRSA" : "SHA256withRSA";
        return message.deepCopy()
                .put("Signature", certificates.sign("sns", algorithm, content.toString()));
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
