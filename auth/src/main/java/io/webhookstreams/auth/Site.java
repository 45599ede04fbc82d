/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.SignatureScheme.UrlForm;

import java.net.URI;
import java.util.List;

/**
 * What a scheme may sign that no request tells.
 *
 * @param publicUrl scheme, host and port as senders see them, without a slash at the end; null
 *     where it is not configured
 */
record Site(String publicUrl) {

    /** For schemes that sign no URL. */
    static final Site UNKNOWN = new Site(null);

    /** What signed URLs may start with, each once. */
    List<String> bases(List<UrlForm> forms) {
        if (publicUrl == null) {
            throw new IllegalArgumentException(
                    "public-url: missing (expected: scheme and host as the sender sees them, which"
                            + " it signs)");
        }
        return forms.stream().map(this::base).distinct().toList();
    }

    private String base(UrlForm form) {
        URI url = URI.create(publicUrl);
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return switch (form) {
            case AS_IS -> publicUrl;
            case NO_PORT -> url.getScheme() + "://" + host(url) + path;
            case DEFAULT_PORT -> url.getScheme() + "://" + host(url) + ":" + port(url) + path;
        };
    }

    private static String host(URI url) {
        return url.getHost();
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }
}
