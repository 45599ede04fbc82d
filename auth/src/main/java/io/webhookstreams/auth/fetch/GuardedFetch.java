/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Fetches what a request names: {@code https} on port 443, from hosts that match an allow-list, at
 * public addresses only, no redirects, no proxy, within 3 s and 64 KiB. Whom to ask and how often
 * is the caller's to bound, as {@link Remembered} does.
 */
public final class GuardedFetch implements Fetch {

    static final Duration TIME = Duration.ofSeconds(3);
    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_CHARACTERS = 512;

    private final Pattern hosts;
    private final int mostCharacters;
    private final Fetch fetch;

    private GuardedFetch(Pattern hosts, int mostCharacters, Fetch fetch) {
        this.hosts = hosts;
        this.mostCharacters = mostCharacters;
        this.fetch = fetch;
    }

    /**
     * Fetches from these hosts.
     *
     * @param hosts what the whole of a host's name must match
     */
    public static GuardedFetch from(Pattern hosts) {
        return from(hosts, MOST_CHARACTERS);
    }

    /**
     * The same, with URLs of another length.
     *
     * @param mostCharacters of a URL
     */
    public static GuardedFetch from(Pattern hosts, int mostCharacters) {
        HttpFetch.Wire wire =
                new HttpFetch.Wire(
                        new PublicAddresses(SystemDefaultDnsResolver.INSTANCE),
                        DefaultSchemePortResolver.INSTANCE,
                        null,
                        false);
        return over(hosts, mostCharacters, wire);
    }

    static GuardedFetch over(Pattern hosts, HttpFetch.Wire wire) {
        return over(hosts, MOST_CHARACTERS, wire);
    }

    private static GuardedFetch over(Pattern hosts, int mostCharacters, HttpFetch.Wire wire) {
        return new GuardedFetch(hosts, mostCharacters, new HttpFetch(wire, TIME, MOST_BYTES));
    }

    /** Whether the URL may be fetched at all. */
    public boolean allows(URI url) {
        return "https".equals(url.getScheme())
                && url.getHost() != null
                && hosts.matcher(url.getHost()).matches()
                && (url.getPort() == -1 || url.getPort() == 443)
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.toString().length() <= mostCharacters;
    }

    @Override
    public CompletableFuture<byte[]> get(URI url) {
        return allows(url)
                ? fetch.get(url)
                : CompletableFuture.failedFuture(
                        new FetchFailedException("not an allowed URL (expected: https, port 443)"));
    }
}
