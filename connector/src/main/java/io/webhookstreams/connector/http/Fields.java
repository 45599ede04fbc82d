/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.ingest.Problems;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Response headers that are always the same. */
final class Fields {

    static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    static final HttpField PROBLEM =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
    static final HttpField JSON =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    /** The header for a body of that type. */
    static HttpField contentType(String type) {
        return type.equals(Problems.MEDIA_TYPE)
                ? PROBLEM
                : new HttpField(HttpHeader.CONTENT_TYPE, type);
    }

    private Fields() {}
}
