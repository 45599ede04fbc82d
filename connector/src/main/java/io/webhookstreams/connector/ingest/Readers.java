/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

import javax.annotation.Nullable;

/**
 * The readers of one source in this JVM, by subtask. They come and go with the attempts of their
 * tasks; of one subtask the newest counts. Any thread; reading takes no lock.
 */
final class Readers {

    /** Where a delivery goes. */
    record Slot(Reader reader, int lane) {}

    private volatile List<Reader> readers = List.of();

    /** The one that registered last, here or not any more: somebody has to count refusals. */
    private volatile Reader latest;

    /** By stream; those of streams that are gone stay, empty. */
    private final Map<String, WaitingLine> lines = new ConcurrentHashMap<>();

    private final RecoveryTime recovery;

    Readers(Reader first, LongSupplier nanoClock) {
        this.latest = first;
        this.recovery = new RecoveryTime(nanoClock);
    }

    /** False: a newer one of the same subtask is here already, and nothing changed. */
    synchronized boolean add(Reader reader) {
        List<Reader> next = new ArrayList<>(readers);
        for (Reader other : readers) {
            if (other.subtask() == reader.subtask()) {
                if (other.isNewerThan(reader)) {
                    return false;
                }
                next.remove(other);
            }
        }
        next.add(reader);
        next.sort(Comparator.comparingInt(Reader::subtask));
        readers = List.copyOf(next);
        latest = reader;
        recovery.came();
        return true;
    }

    synchronized void remove(Reader reader) {
        List<Reader> next = new ArrayList<>(readers);
        boolean here = next.remove(reader);
        readers = List.copyOf(next);
        if (here && next.isEmpty()) {
            recovery.lastLeft();
        }
    }

    /** How long it probably takes, in nanoseconds; 0 where nothing is known of it. */
    long nanosUntil(Refusal.Until event) {
        return switch (event) {
            case UNKNOWN -> 0;
            case A_READER_OPENS -> recovery.nanosLeft();
            case A_CHECKPOINT_COMPLETES -> slowest(Intake::nanosToCompletion);
            case THERE_IS_ROOM ->
                    Math.max(slowest(Intake::nanosToDrain), slowest(Intake::nanosToCompletion));
        };
    }

    private long slowest(ToLongFunction<Intake> nanos) {
        return readers.stream()
                .mapToLong(reader -> nanos.applyAsLong(reader.intake()))
                .max()
                .orElse(0);
    }

    /** Whether at least one of them takes deliveries. */
    boolean isOpen() {
        return readers.stream().anyMatch(reader -> isOpen(reader));
    }

    /**
     * The lane for an ordering key: always the same one while this JVM holds the same lanes.
     *
     * @throws RefusedException if no reader takes deliveries now
     */
    Slot slotFor(int hash) throws RefusedException {
        List<Reader> now = readers;
        int lanes = 0;
        for (Reader reader : now) {
            lanes += isOpen(reader) ? reader.intake().lanes().length : 0;
        }
        // A reader may close or get lanes between the two walks; then the next one is as good.
        int index = lanes == 0 ? 0 : Math.floorMod(spread(hash), lanes);
        for (Reader reader : now) {
            int[] held = isOpen(reader) ? reader.intake().lanes() : new int[0];
            if (index < held.length) {
                return new Slot(reader, held[index]);
            }
            index -= held.length;
        }
        throw new RefusedException(whyNone(now));
    }

    /**
     * One that knows the delivery as a retry of what is durable, see {@link Intake#isDurable}; or
     * null.
     */
    @Nullable
    Reader remembering(WebhookDelivery draft, Receipt receipt) {
        for (Reader reader : readers) {
            if (reader.intake().isDurable(draft, receipt)) {
                return reader;
            }
        }
        return null;
    }

    /** Whether one of them has so little room for the stream that its policy acts. */
    boolean isOverHighWater(String stream) {
        for (Reader reader : readers) {
            if (reader.intake().isOverHighWater(stream)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether each of them, wherever a delivery may go, has room for so many more of the stream
     * before its policy acts; see {@link Intake#hasRoomFor}.
     */
    boolean hasRoomFor(String stream, int deliveries, long bytes) {
        for (Reader reader : readers) {
            if (!reader.intake().hasRoomFor(stream, deliveries, bytes)) {
                return false;
            }
        }
        return true;
    }

    /** Where the stream's requests wait: the same one for all versions of its options. */
    WaitingLine line(String stream) {
        return lines.computeIfAbsent(stream, name -> new WaitingLine());
    }

    /** Has every one count for these, see {@link Reader#serve}. */
    synchronized void serve(List<Endpoint> endpoints, InstantSource clock) {
        latest.serve(endpoints, clock);
        readers.forEach(reader -> reader.serve(endpoints, clock));
    }

    List<ReaderStatus> status(String source, ConfigurationStatus configuration) {
        return readers.stream()
                .map(
                        reader -> {
                            Intake intake = reader.intake();
                            return new ReaderStatus(
                                    source,
                                    configuration,
                                    reader.subtask(),
                                    intake.status(),
                                    intake.lanes().length,
                                    intake.pendingDeliveries(),
                                    intake.pendingBytes());
                        })
                .toList();
    }

    /** Counts what concerns the stream and no particular delivery. */
    StreamMetrics metrics(String stream) {
        return latest.metrics(stream);
    }

    /** What a sender is told where a reader does not take deliveries. */
    static Refusal refusal(Intake.Status status) {
        return switch (status) {
            case STALLED -> Refusal.NOT_DURABLE_IN_TIME;
            case OPEN, STARTING, CLOSED -> Refusal.RESTARTING;
        };
    }

    private static Refusal whyNone(List<Reader> readers) {
        boolean stalled =
                readers.stream()
                        .anyMatch(reader -> reader.intake().status() == Intake.Status.STALLED);
        return stalled ? Refusal.NOT_DURABLE_IN_TIME : Refusal.RESTARTING;
    }

    private static boolean isOpen(Reader reader) {
        return reader.intake().status() == Intake.Status.OPEN;
    }

    /** String hashes of similar ids differ in their low bits too little (Murmur3's finalizer). */
    private static int spread(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
