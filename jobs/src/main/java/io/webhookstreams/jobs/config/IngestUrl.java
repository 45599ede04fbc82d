/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.connector.ListenerOptions;

import org.apache.flink.configuration.Configuration;

/** The URLs that vendors post to. */
public final class IngestUrl {

    private IngestUrl() {}

    /** The URL that senders use: {@code public-url}, or the bound address. */
    public static String base(Configuration listener, int port) {
        return listener.getOptional(ListenerOptions.PUBLIC_URL)
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElseGet(() -> local(listener, port));
    }

    /** The URL of the bound address, for this machine. */
    public static String local(Configuration listener, int port) {
        boolean tls = listener.get(ListenerOptions.TLS) == ListenerOptions.Tls.PEM;
        return "%s://%s:%d".formatted(tls ? "https" : "http", host(listener), port);
    }

    /** The first port of the configured range. */
    public static int firstPort(Configuration listener) {
        return Integer.parseInt(listener.get(ListenerOptions.PORT).split("-", 2)[0].trim());
    }

    private static String host(Configuration listener) {
        String address = listener.get(ListenerOptions.ADDRESS);
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "localhost";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
