/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose certificates {@code mtls} lets in.
 *
 * @param listed names of the clients' certificates
 * @param header in which proxies forward their clients' certificates; null where a certificate is
 *     that of the connection only
 * @param proxies names of the proxies' own certificates; empty without a header
 */
public record ClientSettings(
        List<ClientName> listed, ForwardedHeader header, List<ClientName> proxies)
        implements Serializable {

    /** For types without certificates. */
    public static final ClientSettings EMPTY = of(List.of());

    public ClientSettings {
        listed = List.copyOf(listed);
        proxies = List.copyOf(proxies);
    }

    /** Clients that connect themselves. */
    public static ClientSettings of(List<ClientName> listed) {
        return new ClientSettings(listed, null, List.of());
    }

    /** Everything wrong with them for that type; empty if nothing is. */
    List<String> problems(String type) {
        List<String> problems = new ArrayList<>();
        if (!type.equals(AuthSchemes.MTLS)) {
            refuse(problems, "clients", listed.size(), type);
            refuse(problems, "forwarded.proxies", proxies.size(), type);
            if (header != null) {
                problems.add(
                        "auth.forwarded.header: %s (expected: none with type %s)"
                                .formatted(header, type));
            }
            return problems;
        }
        if (listed.isEmpty()) {
            problems.add(
                    "auth.clients: 0 entries (expected: at least one, such as"
                            + " dns:orders.example.com)");
        }
        if (header != null && proxies.isEmpty()) {
            problems.add(
                    "auth.forwarded.header: %s (expected: auth.forwarded.proxies beside it, who may send it)"
                            .formatted(header));
        }
        if (header == null && !proxies.isEmpty()) {
            problems.add(
                    "auth.forwarded.proxies: %d entries (expected: auth.forwarded.header beside them)"
                            .formatted(proxies.size()));
        }
        return problems;
    }

    private static void refuse(List<String> problems, String name, int count, String type) {
        if (count > 0) {
            problems.add(
                    "auth.%s: %d entries (expected: 0 with type %s)".formatted(name, count, type));
        }
    }
}
