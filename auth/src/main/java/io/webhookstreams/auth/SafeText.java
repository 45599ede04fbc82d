/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** Makes foreign text fit for a log line or a message: printable ASCII, capped. */
final class SafeText {

    private SafeText() {}

    static String capped(String text, int max) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length() && i < max; i++) {
            char c = text.charAt(i);
            safe.append(isPrintable(c) ? c : '?');
        }
        return safe.toString();
    }

    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c <= '~';
    }
}
