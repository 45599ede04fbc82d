/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * How many fetches may start within a minute. Names that are new are anybody's to make up: half of
 * what they may cost is for clients that have started few, so that one flood leaves the vendor its
 * part. What was good before is fetched again out of a budget that no made-up name touches. Not
 * safe from several threads.
 */
final class FetchBudget {

    /** Fetches of names of which nothing is known. */
    static final int MOST_NEW = 20;

    /** Of these, what clients may start that have started {@link #FEW}. */
    static final int MOST_OF_MANY = MOST_NEW / 2;

    /** How many of the rest are a client's own. */
    static final int FEW = 3;

    /** Fetches of what was good before. */
    static final int MOST_AGAIN = 20;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** One site may well have all that begins with the same 48 bits (RFC 6177, 2). */
    private static final int BYTES_OF_IPV6 = 6;

    private final Map<String, Integer> byClient = new HashMap<>();
    private long minute;
    private int startedNew;
    private int startedAgain;

    /**
     * @param now on the clock of all other calls, in nanoseconds
     */
    FetchBudget(long now) {
        this.minute = now;
    }

    /**
     * Whether a fetch of a new name may start; if so, it counts.
     *
     * @param client whose request names it; null for one of those of whom nobody knows
     */
    boolean takeNew(InetAddress client, long now) {
        turn(now);
        String key = key(client);
        int own = byClient.getOrDefault(key, 0);
        if (startedNew >= (own < FEW ? MOST_NEW : MOST_OF_MANY)) {
            return false;
        }
        startedNew++;
        byClient.put(key, own + 1);
        return true;
    }

    /** It was not tried. */
    void giveBackNew(InetAddress client) {
        Integer own = byClient.get(key(client));
        // Else it was of the minute before, and is no part of this one's.
        if (own != null && own > 0) {
            startedNew--;
            byClient.put(key(client), own - 1);
        }
    }

    /** Whether a fetch of what was good before may start; if so, it counts. */
    boolean takeAgain(long now) {
        turn(now);
        if (startedAgain >= MOST_AGAIN) {
            return false;
        }
        startedAgain++;
        return true;
    }

    private void turn(long now) {
        if (now - minute >= MINUTE) {
            minute = now;
            startedNew = 0;
            startedAgain = 0;
            byClient.clear();
        }
    }

    private static String key(InetAddress client) {
        if (client == null) {
            return "";
        }
        byte[] address = client.getAddress();
        int bytes = client instanceof Inet6Address ? BYTES_OF_IPV6 : address.length;
        return HexFormat.of().formatHex(address, 0, bytes);
    }
}
