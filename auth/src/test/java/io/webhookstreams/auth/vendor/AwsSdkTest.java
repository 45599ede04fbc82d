/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import static io.webhookstreams.auth.vendor.TestSns.TOPIC;
import static io.webhookstreams.auth.vendor.TestSns.message;
import static io.webhookstreams.auth.vendor.TestSns.signed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.Tolerance;
import io.webhookstreams.auth.Verified;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.regions.Region;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** AWS's own SDK and our verifier take and refuse the same messages of SNS. */
class AwsSdkTest {

    @TempDir private static Path directory;
    private static TestCertificates certificates;

    private final TestFetch fetch = new TestFetch();
    private final AwsSnsVerifier ours =
            new AwsSnsVerifier(
                    "aws-sns",
                    List.of(SnsTopic.parse(TOPIC)),
                    new Times(new Tolerance(Duration.ofDays(1), Duration.ofMinutes(5))),
                    fetch,
                    fetch,
                    () -> 0);

    @BeforeAll
    static void make() {
        certificates =
                new TestCertificates(directory)
                        .authority("ca")
                        .signed("sns", "sns.amazonaws.com", "ca");
    }

    @Test
    void what_awss_sdk_takes_we_take() {
        try (SnsMessageManager aws = aws()) {
            for (ObjectNode good : good()) {
                assertThat(takes(aws, good)).as("SDK: " + good).isTrue();
                assertThat(takes(good)).as("ours: " + good).isTrue();
            }
        }
    }

    @Test
    void what_awss_sdk_refuses_we_refuse() {
        try (SnsMessageManager aws = aws()) {
            for (ObjectNode message : good()) {
                for (ObjectNode bad : changed(message)) {
                    assertThat(takes(aws, bad)).as("SDK: " + bad).isFalse();
                    assertThat(takes(bad)).as("ours: " + bad).isFalse();
                }
            }
        }
    }

    private static List<ObjectNode> good() {
        List<ObjectNode> all = new ArrayList<>();
        for (String version : List.of("1", "2")) {
            for (String type :
                    List.of(
                            "Notification",
                            "SubscriptionConfirmation",
                            "UnsubscribeConfirmation")) {
                all.add(signed(message(type, version), version, certificates));
            }
            ObjectNode subject = message("Notification", version).put("Subject", "A subject");
            all.add(signed(subject, version, certificates));
            ObjectNode empty = message("Notification", version).put("Message", "");
            all.add(signed(empty, version, certificates));
        }
        return all;
    }

    /** Each signed field by itself, the version, and the signature. */
    private static List<ObjectNode> changed(ObjectNode message) {
        List<ObjectNode> all = new ArrayList<>();
        for (String field : List.of("Message", "MessageId", "Subject", "Token", "SubscribeURL")) {
            if (message.has(field)) {
                all.add(message.deepCopy().put(field, message.get(field).asText() + "x"));
            }
        }
        all.add(message.deepCopy().put("Timestamp", "2026-03-01T12:00:00.001Z"));
        String version = message.get("SignatureVersion").asText();
        all.add(message.deepCopy().put("SignatureVersion", version.equals("1") ? "2" : "1"));
        all.add(message.deepCopy().put("Signature", "QUFB"));
        all.add(message.deepCopy().put("SigningCertURL", "https://attacker.example/a.pem"));
        return all;
    }

    private static boolean takes(SnsMessageManager aws, ObjectNode message) {
        try {
            return aws.parseMessage(message.toString()) != null;
        } catch (SdkClientException e) {
            return false;
        }
    }

    private boolean takes(ObjectNode message) {
        TestPost post = TestPost.of(message.toString());
        int before = fetch.started().size();
        ours.verify(post);
        if (fetch.started().size() > before) {
            fetch.answer(certificates.pem("sns"));
        }
        return ours.verify(post) instanceof Verified;
    }

    private static SnsMessageManager aws() {
        return SnsMessageManager.builder()
                .region(Region.US_EAST_1)
                .httpClient(new Certificates())
                .build();
    }

    /** Stands for the network of the SDK. */
    private static final class Certificates implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(
                                    AbortableInputStream.create(
                                            new ByteArrayInputStream(certificates.pem("sns"))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
