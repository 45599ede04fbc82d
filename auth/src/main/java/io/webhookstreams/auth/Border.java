/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ContentAtom.Simple;
import io.webhookstreams.auth.Denied.Cause;

import java.util.List;

/**
 * Where two parts of a content meet and no fixed text stands between them. The same signed bytes
 * could be cut at another place, so that what was the one part's comes in as the other's: a border
 * refuses what may be cut in two ways.
 */
@FunctionalInterface
interface Border {

    /**
     * Refuses bytes that could be cut at another place.
     *
     * @param pieces the rendered content
     */
    void check(List<byte[]> pieces) throws RefusedException;

    /**
     * The border between a signed time and what touches it.
     *
     * @param time the time's place in the content
     * @param other the other part's, one before or after
     */
    static Border ofTime(TimeFormat format, int time, int other) {
        return format.digits() > 0
                ? pieces -> checkLength(pieces.get(time).length, format.digits())
                : pieces -> checkTouching(pieces.get(other), other > time);
    }

    /**
     * The border after the part at {@code left}, where neither is a time. A method needs none: it
     * has no colon, and the URL that follows begins as configured.
     */
    static Border of(List<ContentAtom> atoms, int left) {
        if (atoms.get(left) == Simple.URL && atoms.get(left + 1) == Simple.BODY) {
            return pieces -> UrlBorder.checkBody(pieces.get(left), pieces.get(left + 1));
        }
        if (atoms.get(left) == Simple.URL && atoms.get(left + 1) == Simple.FORM_SORTED) {
            return pieces -> UrlBorder.checkForm(pieces.get(left), pieces.get(left + 1));
        }
        return pieces -> {};
    }

    /** Whether there is a check of these neighbours, or none is needed. */
    static boolean isKnown(ContentAtom left, ContentAtom right) {
        if (left == Simple.METHOD) {
            return right == Simple.URL;
        }
        return left == Simple.URL && (right == Simple.BODY || right == Simple.FORM_SORTED);
    }

    static RefusedException refused(String what, String expected) {
        return new RefusedException(
                Cause.MALFORMED_CREDENTIAL, what + " (expected: " + expected + ")");
    }

    private static void checkLength(int length, int digits) throws RefusedException {
        if (length != digits) {
            throw refused("time: " + length + " digits", digits + ", since nothing ends it");
        }
    }

    private static void checkTouching(byte[] other, boolean after) throws RefusedException {
        int touching = after ? 0 : other.length - 1;
        if (other.length > 0 && "0123456789:.+-TZtz".indexOf(other[touching]) >= 0) {
            throw refused("content: goes on as a time does", "a body that begins as JSON does");
        }
    }
}
