/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.capture;

import io.webhookstreams.auth.capture.Capture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps one stream's refused requests, in the background. Bounded in what starts in a minute, in
 * what waits, and in what is on the disk; beyond that nothing is kept, and counted. Safe from any
 * thread.
 */
public final class CaptureWriter {

    /** Requests that are taken within a minute: a flood of forgeries must not keep a disk busy. */
    static final int MOST_A_MINUTE = 60;

    /** Bytes that wait for the disk. */
    static final long MOST_WAITING_BYTES = 4L << 20;

    private static final int MOST_WAITING = 64;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(CaptureWriter.class);

    private final Path folder;
    private final CaptureDirectory directory;
    private final Consumer<Outcome> outcomes;
    private final LongSupplier nanoClock;
    private final Executor threads;
    private final AtomicLong waiting = new AtomicLong();

    private long minute;
    private int startedInMinute;
    private Outcome last = Outcome.WRITTEN;

    /** What became of a request. */
    public enum Outcome {
        /** It is a file. */
        WRITTEN,
        /** There was no room for it, or too many came. */
        DROPPED,
        /** It could not be written. */
        FAILED
    }

    /**
     * Keeps them in a folder.
     *
     * @param folder of this stream alone; made when it is needed
     * @param outcomes is told once for each request, on any thread; must not block or throw
     */
    public static CaptureWriter in(
            Path folder, int maxFiles, long maxBytes, Consumer<Outcome> outcomes) {
        return new CaptureWriter(folder, maxFiles, maxBytes, outcomes, System::nanoTime, thread());
    }

    CaptureWriter(
            Path folder,
            int maxFiles,
            long maxBytes,
            Consumer<Outcome> outcomes,
            LongSupplier nanoClock,
            Executor threads) {
        this.folder = folder;
        this.directory = new CaptureDirectory(folder, maxFiles, maxBytes);
        this.outcomes = outcomes;
        this.nanoClock = nanoClock;
        this.threads = threads;
        this.minute = nanoClock.getAsLong();
    }

    /**
     * Keeps a request if there is room. Never blocks.
     *
     * @param bytes of its body
     * @param capture made only if it is taken
     */
    public void offer(int bytes, Supplier<Capture> capture) {
        if (!mayStart() || !reserve(bytes)) {
            outcomes.accept(Outcome.DROPPED);
            return;
        }
        try {
            Capture taken = capture.get();
            threads.execute(() -> write(taken));
        } catch (RejectedExecutionException e) {
            waiting.addAndGet(-bytes);
            outcomes.accept(Outcome.DROPPED);
        }
    }

    private synchronized boolean mayStart() {
        long now = nanoClock.getAsLong();
        if (now - minute >= MINUTE) {
            minute = now;
            startedInMinute = 0;
        }
        return startedInMinute++ < MOST_A_MINUTE;
    }

    private boolean reserve(int bytes) {
        if (waiting.addAndGet(bytes) <= MOST_WAITING_BYTES) {
            return true;
        }
        waiting.addAndGet(-bytes);
        return false;
    }

    private void write(Capture capture) {
        Outcome outcome = Outcome.FAILED;
        String why = "";
        try {
            outcome = directory.write(capture) ? Outcome.WRITTEN : Outcome.DROPPED;
        } catch (IOException | RuntimeException e) {
            // Not its message: it may quote the request.
            why = e.getClass().getSimpleName();
        } finally {
            waiting.addAndGet(-capture.body().length);
            tell(outcome, why);
            outcomes.accept(outcome);
        }
    }

    /** Each change once. */
    private synchronized void tell(Outcome outcome, String why) {
        if (outcome != last && outcome == Outcome.FAILED) {
            LOG.warn("{}: refused requests cannot be kept, {}", folder, why);
        } else if (outcome != last && outcome == Outcome.DROPPED) {
            LOG.info("{}: full, no refused requests are kept until files are removed", folder);
        }
        last = outcome;
    }

    /** One, which ends by itself, so that nobody has to close this. */
    private static Executor thread() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        task -> {
                            Thread made = new Thread(task, "webhooks-capture");
                            made.setDaemon(true);
                            return made;
                        });
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }
}
