/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Confirmation;
import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.Remembered;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Confirms subscriptions to topics of Amazon SNS, by fetching the SubscribeURL of a signed
 * SubscriptionConfirmation ("HTTP/HTTPS subscription confirmation JSON format"), and tells
 * operators what they have to do themselves. The URL's token confirms for whoever has it: no log
 * has it. Safe from any thread; never blocks.
 */
final class SnsSubscriptions {

    /** The token alone has some 300, and a topic's ARN up to 300. */
    static final int MOST_URL = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(SnsSubscriptions.class);

    /** From one line of a kind to the next: whoever has captured a message can send it again. */
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoClock;
    private final Remembered<Boolean> confirmed;
    private final AtomicLong askedAt;
    private final AtomicLong endedAt;

    SnsSubscriptions(Fetch fetch, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.confirmed =
                new Remembered<>(fetch, SnsSubscriptions::read, SnsSubscriptions::shown, nanoClock);
        this.askedAt = new AtomicLong(nanoClock.getAsLong() - PAUSE);
        this.endedAt = new AtomicLong(nanoClock.getAsLong() - PAUSE);
    }

    /**
     * What has become of a subscription.
     *
     * @param request that brought the message
     * @param message a SubscriptionConfirmation of that topic, whose signature is good
     * @param url its SubscribeURL
     */
    Confirmation confirm(
            AuthRequest request, SnsMessage message, SnsTopic topic, String url, boolean mayFetch)
            throws VendorRefused {
        URI confirming = url(message, topic, url);
        if (confirming == null) {
            return Confirmation.REFUSED;
        }
        if (!mayFetch) {
            if (isDue(askedAt)) {
                LOG.info(
                        "topic {}: SNS asks to confirm a subscription, which is refused with 400;"
                                + " set handshake.fetch to true and let SNS ask again (\"Request"
                                + " confirmation\" in its console)",
                        topic.arn());
            }
            return Confirmation.NOT_ALLOWED;
        }
        return switch (confirmed
                .get(confirming, request.receivedAt(), request.clientAddress())
                .status()) {
            case HERE -> Confirmation.DONE;
            case PENDING -> Confirmation.PENDING;
            case FAILED -> Confirmation.FAILED;
            case REFUSED -> Confirmation.REFUSED;
        };
    }

    /** A subscription has ended, as a message says whose signature is good. */
    void ended(SnsTopic topic) {
        if (isDue(endedAt)) {
            LOG.warn(
                    "topic {}: SNS says that a subscription has ended; what is published from now on"
                            + " does not come here",
                    topic.arn());
        }
    }

    /** Null where it would do anything but confirm that message's subscription. */
    private static URI url(SnsMessage message, SnsTopic topic, String text) throws VendorRefused {
        if (text.length() > MOST_URL || !text.startsWith("https://" + topic.host() + "/?")) {
            return null;
        }
        try {
            URI url = new URI(text);
            boolean confirms =
                    url.getRawFragment() == null
                            && has(url, "Action", "ConfirmSubscription")
                            && has(url, "TopicArn", topic.arn())
                            && has(url, "Token", message.text("Token"));
            return confirms ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean has(URI url, String name, String value) {
        return values(url, name).equals(List.of(value));
    }

    private static List<String> values(URI url, String name) {
        List<String> values = new ArrayList<>();
        for (String parameter : url.getRawQuery().split("&", -1)) {
            if (parameter.startsWith(name + "=")) {
                String raw = parameter.substring(name.length() + 1);
                values.add(URLDecoder.decode(raw, StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** Any 200 of AWS's: it says nothing that is of use here. */
    private static Boolean read(URI url, byte[] document) {
        LOG.info("{}: confirmed", shown(url));
        return true;
    }

    static String shown(URI url) {
        return "subscription to " + String.join("", values(url, "TopicArn"));
    }

    private boolean isDue(AtomicLong last) {
        long then = last.get();
        long now = nanoClock.getAsLong();
        return now - then >= PAUSE && last.compareAndSet(then, now);
    }
}
