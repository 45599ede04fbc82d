/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ClientName.Kind;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import javax.security.auth.x500.X500Principal;

/**
 * The names that a certificate bears, or that a proxy says it bears.
 *
 * @param subject null where it is not known
 * @param alternatives of the kinds that {@link ClientName} knows; hosts as they are written
 */
record CertificateNames(X500Principal subject, Map<Kind, List<String>> alternatives) {

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    static CertificateNames of(X509Certificate certificate) throws CertificateParsingException {
        Map<Kind, List<String>> alternatives = new EnumMap<>(Kind.class);
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                Kind kind = kind((Integer) name.get(0));
                if (kind != null && name.get(1) instanceof String text) {
                    alternatives.computeIfAbsent(kind, k -> new ArrayList<>()).add(text);
                }
            }
        }
        return new CertificateNames(certificate.getSubjectX500Principal(), alternatives);
    }

    /** Null for a type of name that cannot be listed. */
    private static Kind kind(int type) {
        return switch (type) {
            case EMAIL -> Kind.EMAIL;
            case DNS -> Kind.DNS;
            case URI -> Kind.URI;
            default -> null;
        };
    }
}
