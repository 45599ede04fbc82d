/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import java.io.Serializable;
import java.util.List;

/**
 * What vendors of this package need to be told. Serializable and free of secrets: it travels in the
 * job graph. Holds whatever a configuration says.
 *
 * @param topics the ARNs of the topics of Amazon SNS that may send; never null
 * @param webhookId the id that PayPal has given to the webhook; null for none
 */
public record VendorSettings(List<String> topics, String webhookId) implements Serializable {

    /** Nothing is said. */
    public static final VendorSettings EMPTY = new VendorSettings(List.of(), null);

    public VendorSettings {
        topics = List.copyOf(topics);
    }
}
