/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of Amazon SNS.
 *
 * @param arn {@code arn:aws:sns:REGION:ACCOUNT:NAME}
 * @param region for example {@code eu-west-1}
 * @param suffix of the partition's host names
 */
record SnsTopic(String arn, String region, String suffix) {

    private static final Pattern ARN =
            Pattern.compile(
                    "arn:(aws|aws-us-gov|aws-cn):sns:([a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2})"
                            + ":[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");

    /**
     * Reads an ARN.
     *
     * @throws IllegalArgumentException if it is none of a topic
     */
    static SnsTopic parse(String arn) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the ARN of a topic");
        }
        String suffix = matcher.group(1).equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
        return new SnsTopic(arn, matcher.group(2), suffix);
    }

    /** The one host of its certificates and of the URLs that confirm subscriptions. */
    String host() {
        return "sns." + region + "." + suffix;
    }

    /**
     * Whose name a certificate must bear, any of them; aws-sdk-java-v2, {@code SnsHostProvider},
     * has one for each region.
     */
    List<String> owners() {
        return List.of(
                "sns." + suffix,
                "sns-signing." + region + "." + suffix,
                "sns-" + region + "." + suffix,
                "sns-us-gov-west-1.amazonaws.com",
                host());
    }
}
