/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** A record, or a delivery that could not be read and why: nothing is lost on the way to it. */
@PublicEvolving
@TypeInfo(WebhookResultTypeInfo.Factory.class)
public sealed interface WebhookResult<T> {

    /** What the schema made of a delivery, or of a part of it. */
    record Value<T>(T value) implements WebhookResult<T> {}

    /**
     * A delivery that the schema could not read.
     *
     * @param reason class and message of what was thrown, at most {@value #MAX_REASON} characters
     */
    record Failure<T>(WebhookDelivery delivery, String reason) implements WebhookResult<T> {

        public static final int MAX_REASON = 1_000;

        public static <T> Failure<T> of(WebhookDelivery delivery, Throwable cause) {
            String reason = cause.toString();
            return new Failure<>(
                    delivery, reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        }
    }
}
