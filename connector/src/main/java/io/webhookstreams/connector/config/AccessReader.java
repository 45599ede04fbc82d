/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.AccessOptions.ADDRESS_BURST;
import static io.webhookstreams.connector.AccessOptions.ADDRESS_RATE;
import static io.webhookstreams.connector.AccessOptions.ALLOWED_ADDRESSES;
import static io.webhookstreams.connector.AccessOptions.CREDENTIAL_BURST;
import static io.webhookstreams.connector.AccessOptions.CREDENTIAL_RATE;
import static io.webhookstreams.connector.AccessOptions.STREAM_BURST;
import static io.webhookstreams.connector.AccessOptions.STREAM_RATE;

import org.apache.flink.configuration.ConfigOption;

import java.util.EnumMap;
import java.util.Map;

/** Reads {@link AccessSettings}. */
final class AccessReader {

    private final OptionReader options;
    private final Map<RateScope, RateLimit> limits = new EnumMap<>(RateScope.class);

    private AccessReader(OptionReader options) {
        this.options = options;
    }

    /**
     * Reads and judges.
     *
     * @param byOverloadStatus see {@link AccessSettings}
     */
    static AccessSettings read(OptionReader options, boolean byOverloadStatus) {
        AccessReader reader = new AccessReader(options);
        reader.limit(RateScope.STREAM, STREAM_RATE, STREAM_BURST);
        reader.limit(RateScope.CREDENTIAL, CREDENTIAL_RATE, CREDENTIAL_BURST);
        reader.limit(RateScope.ADDRESS, ADDRESS_RATE, ADDRESS_BURST);
        return new AccessSettings(
                AddressBlocks.read(options, ALLOWED_ADDRESSES), reader.limits, byOverloadStatus);
    }

    private void limit(
            RateScope scope, ConfigOption<String> rateOption, ConfigOption<Integer> burstOption) {
        RateLimit rate =
                options.parsed(
                        rateOption,
                        null,
                        RateLimit::parse,
                        "requests in a second, a minute or an hour, such as 100/s, 600/min or"
                                + " 1000/h, up to "
                                + RateLimit.MOST);
        Integer burst = options.numberOrNull(burstOption, 1, RateLimit.MOST);
        if (burst != null && options.get(rateOption) == null) {
            options.problem(
                    burstOption.key(), burst, "expected: " + rateOption.key() + " beside it");
        }
        if (rate != null) {
            limits.put(scope, burst == null ? rate : rate.withBurst(burst));
        }
    }
}
