/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;

/** Ports to try in order; {@code 0-0} means any free port. */
public record PortRange(int first, int last) implements Serializable {

    /**
     * Parses {@code 8080} or {@code 8080-8089}; throws IllegalArgumentException on anything else.
     */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        try {
            int first = Integer.parseInt((dash < 0 ? text : text.substring(0, dash)).trim());
            int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1).trim());
            if (first >= 0 && last <= 65_535 && first <= last && (first > 0 || last == 0)) {
                return new PortRange(first, last);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a port or a range of ports: " + text, e);
        }
        throw new IllegalArgumentException("not a port or a range of ports: " + text);
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
