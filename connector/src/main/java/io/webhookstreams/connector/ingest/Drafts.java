/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.Verified;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.address.Addresses;

import java.net.InetAddress;

import javax.annotation.Nullable;

/** Makes the record of a request; the append adds lane and sequence. */
final class Drafts {

    private Drafts() {}

    static WebhookDelivery draft(
            Incoming request, Verified sender, byte[] body, Envelope envelope) {
        Endpoint endpoint = request.endpoint();
        Exchange exchange = request.exchange();
        String contentType = exchange.header("content-type");
        if (envelope.idFromDigest()) {
            endpoint.readers().metrics(endpoint.settings().name()).identifiedByDigest();
        }
        return WebhookDelivery.builder().stream(endpoint.settings().name())
                .deliveryId(request.deliveryId())
                .receivedAt(exchange.receivedAt())
                .method(exchange.method())
                .path(exchange.path())
                .query(
                        QueryText.without(
                                exchange.query(), endpoint.verifier().credentialQueryParameters()))
                .canonicalHeaders(endpoint.recordHeaders().of(exchange))
                .contentType(contentType)
                .charset(ContentType.charset(contentType))
                .body(body)
                .bodyDigest(envelope.digest())
                .remoteAddress(text(exchange.clientAddress()))
                .authScheme(sender.scheme())
                .secretName(sender.secretName())
                .eventId(envelope.id())
                .eventType(envelope.type())
                .eventTime(envelope.time())
                .account(envelope.account())
                .correlationId(correlationId(exchange))
                .traceparent(exchange.header("traceparent"))
                .build();
    }

    @Nullable
    private static String text(@Nullable InetAddress address) {
        return address == null ? null : Addresses.text(address);
    }

    @Nullable
    private static String correlationId(Exchange exchange) {
        String id = exchange.header("x-correlation-id");
        return id == null ? exchange.header("x-request-id") : id;
    }
}
