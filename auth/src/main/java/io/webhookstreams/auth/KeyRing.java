/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The live keys of one stream. {@link #current} is one volatile read, for request threads; {@link
 * #refresh} reads the secrets again, for a background thread. A secret that went away takes its key
 * with it, so that deleting a file revokes it; the others go on.
 *
 * @param <K> what a scheme makes of a secret
 */
final class KeyRing<K> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final SecretResolver resolver;
    private final Forge<K> forge;
    private final InstantSource clock;
    private volatile Keys<K> current;

    /** Makes a key of a secret. */
    @FunctionalInterface
    interface Forge<K> {
        K forge(SecretRef ref, Secret secret) throws SecretUnavailableException;
    }

    /**
     * One secret at one moment.
     *
     * @param phase as the last refresh saw it; requests are judged by their own time
     * @param secret null while it cannot be had
     * @param key null while it cannot be had
     */
    record Held<K>(SecretRef ref, Validity.Phase phase, Secret secret, K key, SecretUse use) {

        boolean verifiesAt(Instant receivedAt) {
            return key != null && ref.validity().includes(receivedAt);
        }

        private boolean isMissingAt(Instant receivedAt) {
            return key == null && ref.validity().includes(receivedAt);
        }

        /** New bytes come with a use of their own. */
        private boolean isSameAs(Held<K> other) {
            return phase == other.phase && use == other.use && (key == null) == (other.key == null);
        }

        private Held<K> in(Validity.Phase now) {
            return new Held<>(ref, now, secret, key, use);
        }

        private Held<K> without() {
            return new Held<>(ref, phase, null, null, use);
        }
    }

    /**
     * The secrets at one moment, readable or not.
     *
     * @param all in the order of the settings
     */
    record Keys<K>(List<Held<K>> all) {

        /** Those that verify, by the last refresh. */
        List<K> keys() {
            return all.stream()
                    .filter(held -> held.phase() == Validity.Phase.VALID && held.key() != null)
                    .map(Held::key)
                    .toList();
        }

        /** Whether every secret can be read whose time it is, by the last refresh. */
        boolean complete() {
            return all.stream()
                    .noneMatch(held -> held.phase() == Validity.Phase.VALID && held.key() == null);
        }

        /** Whether every secret whose time it is can be read. */
        boolean isCompleteAt(Instant receivedAt) {
            for (Held<K> held : all) {
                if (held.isMissingAt(receivedAt)) {
                    return false;
                }
            }
            return true;
        }

        /** Whether any secret whose time it is can be read. */
        boolean isUsableAt(Instant receivedAt) {
            for (Held<K> held : all) {
                if (held.verifiesAt(receivedAt)) {
                    return true;
                }
            }
            return false;
        }
    }

    private KeyRing(
            List<Held<K>> held, SecretResolver resolver, Forge<K> forge, InstantSource clock) {
        this.resolver = resolver;
        this.forge = forge;
        this.clock = clock;
        this.current = new Keys<>(List.copyOf(held));
    }

    /**
     * Resolves all references, or throws for the first that cannot be and whose time it is: one
     * that is over may have been deleted long ago.
     */
    static <K> KeyRing<K> open(
            List<SecretRef> refs, SecretResolver resolver, Forge<K> forge, InstantSource clock)
            throws SecretUnavailableException {
        List<Held<K>> all = new ArrayList<>(refs.size());
        for (SecretRef ref : refs) {
            all.add(open(ref, resolver, forge, clock.instant()));
        }
        return new KeyRing<>(all, resolver, forge, clock);
    }

    /** As the other, by the system's clock. */
    static <K> KeyRing<K> open(List<SecretRef> refs, SecretResolver resolver, Forge<K> forge)
            throws SecretUnavailableException {
        return open(refs, resolver, forge, InstantSource.system());
    }

    private static <K> Held<K> open(
            SecretRef ref, SecretResolver resolver, Forge<K> forge, Instant now)
            throws SecretUnavailableException {
        Validity.Phase phase = ref.validity().phaseAt(now);
        SecretUse use = SecretUse.since(now);
        try {
            Secret secret = resolver.resolve(ref);
            return new Held<>(ref, phase, secret, forge.forge(ref, secret), use);
        } catch (SecretUnavailableException e) {
            if (phase == Validity.Phase.VALID) {
                throw e;
            }
            LOG.info("{}; not needed now, its time is {}", e.getMessage(), phase);
            return new Held<>(ref, phase, null, null, use);
        }
    }

    Keys<K> current() {
        return current;
    }

    /** What is known of each secret, in the order of the settings. Any thread; never blocks. */
    List<SecretStatus> status() {
        return current.all().stream()
                .map(held -> held.use().status(held.ref(), held.key() != null))
                .toList();
    }

    synchronized void refresh() {
        List<Held<K>> before = current.all();
        List<Held<K>> after = new ArrayList<>(before.size());
        boolean changed = false;
        for (Held<K> held : before) {
            Instant now = clock.instant();
            Held<K> next = turned(reloaded(held, now), now);
            changed |= !next.isSameAs(held);
            after.add(next);
        }
        if (changed) {
            current = new Keys<>(List.copyOf(after));
        }
    }

    private Held<K> reloaded(Held<K> held, Instant now) {
        SecretRef ref = held.ref();
        try {
            Secret secret = resolver.resolve(ref);
            if (held.secret() != null && held.secret().sameBytesAs(secret)) {
                return held;
            }
            K key = forge.forge(ref, secret);
            LOG.info("secret {}: changed, used from now on", ref);
            return new Held<>(ref, held.phase(), secret, key, held.use().ofNewBytes(now));
        } catch (SecretUnavailableException e) {
            return lost(held, e, now);
        }
    }

    private static <K> Held<K> lost(Held<K> held, SecretUnavailableException e, Instant now) {
        Validity.Phase phase = held.ref().validity().phaseAt(now);
        boolean needed = phase == Validity.Phase.VALID;
        if (needed) {
            held.use().readFailed();
        }
        boolean known = held.key() == null && held.phase() == phase;
        if (needed && !known) {
            LOG.error("{}; what it signs is refused until it is back", e.getMessage());
        } else if (!known) {
            LOG.info("{}; not needed now, its time is {}", e.getMessage(), phase);
        }
        return held.key() == null ? held : held.without();
    }

    private static <K> Held<K> turned(Held<K> held, Instant now) {
        Validity.Phase phase = held.ref().validity().phaseAt(now);
        if (phase == held.phase()) {
            return held;
        }
        LOG.info("secret {}: its time was {}, is {} from now on", held.ref(), held.phase(), phase);
        return held.in(phase);
    }
}
