/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Messages as SNS makes them, signed with certificates of our own. */
final class TestSns {

    static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:orders";
    static final String HOST = "https://sns.us-east-1.amazonaws.com/";
    static final String FILE = "SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    static final String URL = HOST + FILE;
    static final String CONFIRM_TOKEN =
            "2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92";
    static final String SUBSCRIBE_URL =
            HOST + "?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=" + CONFIRM_TOKEN;

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestSns() {}

    static ObjectNode message(String type, String version) {
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
                : message.put("Token", CONFIRM_TOKEN).put("SubscribeURL", SUBSCRIBE_URL);
    }

    /** As AWS's documentation says, written down once more. */
    static ObjectNode signed(ObjectNode message, String version, TestCertificates certificates) {
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
}
