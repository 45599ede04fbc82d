/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** The grammar of header names: a token of RFC 9110, 5.6.2. */
final class HeaderNames {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HeaderNames() {}

    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(HeaderNames::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MARKS.indexOf(c) >= 0;
    }
}
