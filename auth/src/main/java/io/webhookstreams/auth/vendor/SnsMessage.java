/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.StrictJson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What Amazon SNS posts. Immutable.
 *
 * @param kind what it is
 * @param json an object
 */
public record SnsMessage(Kind kind, JsonNode json) {

    private static final List<String> NOTIFIED =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> CONFIRMED =
            List.of(
                    "Message",
                    "MessageId",
                    "SubscribeURL",
                    "Timestamp",
                    "Token",
                    "TopicArn",
                    "Type");

    /** What a message is. */
    public enum Kind {
        NOTIFICATION("Notification"),
        SUBSCRIPTION_CONFIRMATION("SubscriptionConfirmation"),
        UNSUBSCRIBE_CONFIRMATION("UnsubscribeConfirmation");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** Reads a body, which must have one reading only. */
    static SnsMessage parse(byte[] body) throws VendorRefused {
        JsonNode json;
        try {
            json = StrictJson.read(body);
        } catch (IOException e) {
            // Jackson's message quotes the body.
            throw missing("body: " + body.length + " bytes (expected: JSON)");
        }
        if (json == null || !json.isObject()) {
            throw missing("body: " + body.length + " bytes (expected: a JSON object)");
        }
        String type = json.path("Type").asText();
        Kind kind =
                Arrays.stream(Kind.values())
                        .filter(one -> one.text.equals(type))
                        .findFirst()
                        .orElseThrow(() -> missing("Type: another (expected: one of SNS)"));
        return new SnsMessage(kind, json);
    }

    /** The text of a field. */
    String text(String name) throws VendorRefused {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw missing(name + ": absent (expected: a text)");
        }
        return value.textValue();
    }

    /**
     * What the signature covers. Only the message itself may have several lines: the rest is read
     * from the end in one way.
     */
    byte[] signedContent() throws VendorRefused {
        StringBuilder content = new StringBuilder();
        for (String name : kind == Kind.NOTIFICATION ? NOTIFIED : CONFIRMED) {
            boolean optional = name.equals("Subject");
            if (optional && (json.path(name).isMissingNode() || json.path(name).isNull())) {
                continue;
            }
            String value = text(name);
            if (!name.equals("Message") && value.indexOf('\n') >= 0) {
                throw missing(name + ": several lines (expected: one)");
            }
            content.append(name).append('\n').append(value).append('\n');
        }
        return content.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static VendorRefused missing(String detail) {
        return new VendorRefused(Cause.MISSING_CONTENT, detail);
    }
}
