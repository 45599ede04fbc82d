/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.util.regex.Pattern;

/** A record for each part between commas; an empty body has none, and {@code !} cannot be read. */
final class CommaSchema implements WebhookDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;
    private static final Pattern COMMA = Pattern.compile(",");

    @Override
    public void deserialize(WebhookDelivery delivery, Collector<String> out) {
        String body = Deliveries.textOf(delivery);
        if (body.isEmpty()) {
            return;
        }
        for (String part : COMMA.splitAsStream(body).toList()) {
            if (part.equals("!")) {
                throw new IllegalArgumentException("!");
            }
            out.collect(part);
        }
    }

    @Override
    public boolean emitsErrors() {
        return true;
    }

    @Override
    public String errorRecord(WebhookDelivery delivery, Throwable cause) {
        return "error in " + Deliveries.textOf(delivery);
    }

    @Override
    public boolean emitsShed() {
        return true;
    }

    @Override
    public String shedRecord(WebhookDelivery shed) {
        return "shed " + shed.eventId();
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
