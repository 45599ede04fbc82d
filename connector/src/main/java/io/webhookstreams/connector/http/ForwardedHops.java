/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.PeerOptions.ClientHeader;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSVParser;

import java.util.ArrayList;
import java.util.List;

/** The hops that a request's headers list, the one nearest to this server last. */
final class ForwardedHops {

    /** What stands for a hop that does not tell its client; see RFC 7239, 6.2. */
    private static final String UNKNOWN = "unknown";

    private ForwardedHops() {}

    static List<String> of(ClientHeader header, HttpFields headers) {
        return switch (header) {
            case NONE -> List.of();
            case FORWARDED -> forwarded(headers);
            case X_FORWARDED_FOR -> forwardedFor(headers);
        };
    }

    private static List<String> forwardedFor(HttpFields headers) {
        List<String> hops = new ArrayList<>();
        for (String line : headers.getValuesList(HttpHeader.X_FORWARDED_FOR)) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        return hops;
    }

    private static List<String> forwarded(HttpFields headers) {
        Elements elements = new Elements();
        for (String line : headers.getValuesList(HttpHeader.FORWARDED)) {
            elements.add(line);
        }
        return elements.hops;
    }

    /** Takes {@code for} of each element (RFC 7239, 4). */
    private static final class Elements extends QuotedCSVParser {

        private static final boolean KEEP_QUOTES = false;

        private final List<String> hops = new ArrayList<>();

        Elements() {
            super(KEEP_QUOTES);
        }

        /**
         * A client that ends its header within a quote would take in what a proxy appends to it,
         * {@code for=CHOSEN;x=", for=TRUE}, and be the last hop itself. Such a line breaks the
         * grammar, and tells nobody.
         */
        void add(String line) {
            try {
                addValue(line);
            } catch (IllegalArgumentException e) {
                hops.add(UNKNOWN);
            }
        }

        /** An element that is no list of parameters. */
        @Override
        protected void parsedValue(StringBuilder element) {
            hops.add(UNKNOWN);
        }

        @Override
        protected void parsedParam(
                StringBuilder element, int valueLength, int nameStart, int valueStart) {
            if (nameStart == 0) {
                hops.add(UNKNOWN);
            }
            boolean named = nameStart >= 0 && valueStart > nameStart && !hops.isEmpty();
            if (valueLength == 0
                    && named
                    && element.substring(nameStart, valueStart - 1).equalsIgnoreCase("for")) {
                hops.set(hops.size() - 1, element.substring(valueStart));
            }
        }
    }
}
