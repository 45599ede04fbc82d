/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;

/** What verifies a vendor whose proof is more than a scheme can say. */
public enum BuiltIn {
    /** A signed token, by {@code io.webhookstreams.auth.jwt}. */
    @JsonProperty("jwt")
    JWT,
    /** Amazon SNS, by {@code io.webhookstreams.auth.vendor}. */
    @JsonProperty("aws-sns")
    AWS_SNS,
    /** PayPal, by {@code io.webhookstreams.auth.vendor}. */
    @JsonProperty("paypal")
    PAYPAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
