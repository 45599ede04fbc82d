/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The live keys of one stream. {@link #current} is one volatile read, for request threads; {@link
 * #refresh} reads the secrets again, for a background thread. A secret that went away takes its key
 * with it, so that deleting a file revokes it; the others go on.
 *
 * @param <K> what a scheme makes of a secret
 */
final class KeyRing<K> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final List<Slot<K>> slots;
    private final SecretResolver resolver;
    private final Forge<K> forge;
    private volatile Keys<K> current;

    /** Makes a key of a secret. */
    @FunctionalInterface
    interface Forge<K> {
        K forge(SecretRef ref, Secret secret) throws SecretUnavailableException;
    }

    /**
     * The keys at one moment.
     *
     * @param keys in the order of the settings
     * @param complete whether every secret of the settings is among them
     */
    record Keys<K>(List<K> keys, boolean complete) {}

    private KeyRing(List<Slot<K>> slots, SecretResolver resolver, Forge<K> forge) {
        this.slots = slots;
        this.resolver = resolver;
        this.forge = forge;
        this.current = keysOf(slots);
    }

    /** Resolves all references, or throws for the first that cannot be. */
    static <K> KeyRing<K> open(List<SecretRef> refs, SecretResolver resolver, Forge<K> forge)
            throws SecretUnavailableException {
        List<Slot<K>> slots = new ArrayList<>(refs.size());
        for (SecretRef ref : refs) {
            Slot<K> slot = new Slot<>(ref);
            slot.load(resolver, forge);
            slots.add(slot);
        }
        return new KeyRing<>(List.copyOf(slots), resolver, forge);
    }

    Keys<K> current() {
        return current;
    }

    synchronized void refresh() {
        boolean changed = false;
        for (Slot<K> slot : slots) {
            changed |= reload(slot);
        }
        if (changed) {
            current = keysOf(slots);
        }
    }

    private boolean reload(Slot<K> slot) {
        try {
            boolean changed = slot.load(resolver, forge);
            if (changed) {
                LOG.info("secret {}: changed, used from now on", slot.ref);
            }
            return changed;
        } catch (SecretUnavailableException e) {
            boolean changed = slot.clear();
            if (changed) {
                LOG.error("{}; what it signs is refused until it is back", e.getMessage());
            }
            return changed;
        }
    }

    private static <K> Keys<K> keysOf(List<Slot<K>> slots) {
        List<K> keys = slots.stream().map(slot -> slot.key).filter(Objects::nonNull).toList();
        return new Keys<>(keys, keys.size() == slots.size());
    }

    /** One reference and what it is now; guarded by the ring's lock. */
    private static final class Slot<K> {

        private final SecretRef ref;
        private Secret secret;
        private K key;

        Slot(SecretRef ref) {
            this.ref = ref;
        }

        boolean load(SecretResolver resolver, Forge<K> forge) throws SecretUnavailableException {
            Secret now = resolver.resolve(ref);
            if (secret != null && secret.sameBytesAs(now)) {
                return false;
            }
            key = forge.forge(ref, now);
            secret = now;
            return true;
        }

        boolean clear() {
            boolean changed = key != null;
            secret = null;
            key = null;
            return changed;
        }
    }
}
