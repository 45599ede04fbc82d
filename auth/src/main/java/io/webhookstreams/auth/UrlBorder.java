/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The {@link Border} between the URL and what follows it. */
final class UrlBorder {

    /** What a path and a query may hold besides letters and digits: RFC 3986, 3.3 and 3.4. */
    private static final String MARKS = "-._~:/?@!$&'()*+,;=%";

    /** Twilio's way to bind a body that is no form: that URL, cut in two, must not be a form. */
    private static final Pattern DIGEST = Pattern.compile("bodySHA256=[0-9A-Fa-f]{64}");

    private UrlBorder() {}

    /** A body begins with what no URL holds, as JSON does, and a URL holds nothing like that. */
    static void checkBody(byte[] url, byte[] body) throws RefusedException {
        if (body.length > 0 && mayBeInUrl(body[0])) {
            throw Border.refused("body: goes on as a URL does", "one that begins as JSON does");
        }
        String text = new String(url, StandardCharsets.ISO_8859_1);
        for (int i = text.indexOf('/', text.indexOf("://") + 3); i >= 0 && i < url.length; i++) {
            if (!mayBeInUrl(url[i])) {
                throw Border.refused("target: goes on as a body does", "RFC 3986");
            }
        }
    }

    static void checkForm(byte[] url, byte[] form) throws RefusedException {
        ByteArrayOutputStream both = new ByteArrayOutputStream(url.length + form.length);
        both.writeBytes(url);
        both.writeBytes(form);
        if (DIGEST.matcher(both.toString(StandardCharsets.ISO_8859_1)).find()) {
            throw Border.refused("form: a URL's end, with a digest in it", "a form");
        }
    }

    private static boolean mayBeInUrl(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || MARKS.indexOf(b) >= 0;
    }
}
