/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ClientName.Kind;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.security.auth.x500.X500Principal;

/** Finds the entry that one of a certificate's names matches. Immutable. */
final class ClientList {

    private final Map<X500Principal, String> subjects = new HashMap<>();
    private final Map<Kind, Map<String, String>> alternatives = new EnumMap<>(Kind.class);

    ClientList(List<ClientName> entries) {
        for (ClientName entry : entries) {
            if (entry.kind() == Kind.SUBJECT) {
                subjects.putIfAbsent(new X500Principal(entry.value()), entry.name());
            } else {
                alternatives
                        .computeIfAbsent(entry.kind(), kind -> new HashMap<>())
                        .putIfAbsent(entry.value(), entry.name());
            }
        }
    }

    /** The entry's name; null for none. {@code X500Principal} compares canonical forms. */
    String find(CertificateNames names) {
        String bySubject = names.subject() == null ? null : subjects.get(names.subject());
        if (bySubject != null) {
            return bySubject;
        }
        for (Map.Entry<Kind, List<String>> of : names.alternatives().entrySet()) {
            Map<String, String> listed = alternatives.getOrDefault(of.getKey(), Map.of());
            for (String text : of.getValue()) {
                boolean host = of.getKey() == Kind.DNS;
                String found = listed.get(host ? text.toLowerCase(Locale.ROOT) : text);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
