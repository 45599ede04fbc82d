/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.Locale;

import javax.annotation.Nullable;

/** A Content-Type header's two parts that matter here. */
final class ContentType {

    private static final String CHARSET = "charset=";

    private ContentType() {}

    /** {@code application/json}, in lower case; null when absent. */
    @Nullable
    static String mediaType(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int semicolon = header.indexOf(';');
        String type = semicolon < 0 ? header : header.substring(0, semicolon);
        return type.trim().toLowerCase(Locale.ROOT);
    }

    /** The charset's name as sent, without quotes; null when there is none. */
    @Nullable
    static String charset(@Nullable String header) {
        if (header == null) {
            return null;
        }
        for (String parameter : header.split(";", -1)) {
            String text = parameter.trim();
            if (text.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
                String name = text.substring(CHARSET.length()).replace("\"", "").trim();
                return name.isEmpty() ? null : name;
            }
        }
        return null;
    }
}
