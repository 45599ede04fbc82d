/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.jobs.prove.oracle.CountsOracle;
import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Load on one variant of the system, and the oracle's word on it. */
final class PlantedRun implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(90);

    /** Longer than anything that is stopped for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int FENCES = 60;

    private final WebhooksConfig config;
    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final SinkFiles files;

    PlantedRun(WebhooksConfig config) {
        this.config = config;
        this.files = config.files("events/stream=events");
    }

    /** Adds a line to the block {@code job}, which is the file's last. */
    static void setting(WebhooksConfig config, String line) throws IOException {
        Files.writeString(config.file(), "  " + line + "\n", StandardOpenOption.APPEND);
    }

    static void replaceSetting(WebhooksConfig config, String line, String by) throws IOException {
        String text = Files.readString(config.file());
        Files.writeString(config.file(), text.replace(line, by));
    }

    /** Starts a vendor with so many requests in flight. */
    void vendor(int inFlight) {
        add("vendor", inFlight);
    }

    private Vendor add(String name, int inFlight) {
        Vendor.Profile profile =
                new Vendor.Profile(
                        name,
                        HttpClient.Version.HTTP_1_1,
                        inFlight,
                        PATIENCE,
                        0,
                        WebhooksConfig.TOKEN);
        Vendor vendor = Vendor.start(profile, config.endpoints("events"), journal, 1);
        vendors.add(vendor);
        return vendor;
    }

    /** Posts events batch-1, batch-2, … until each of them is answered 2xx. */
    void batch(int events) throws InterruptedException {
        new Batch(config.endpoints("events"), journal).post(Batch.events("batch", 1, events));
    }

    /** Posts the batch once more, and returns when all of it has left the job. */
    void sendAgain(int events) throws InterruptedException {
        batch(events);
        awaitFences();
    }

    void awaitAccepted(int more) throws InterruptedException {
        int enough = journal.accepted().size() + more;
        Await.until("accepted: " + enough, SOON, () -> journal.accepted().size() >= enough);
    }

    /** Ends the load, waits until what was answered is out, and judges. */
    Verdict finalVerdict() throws IOException, InterruptedException {
        finish();
        awaitFences();
        return verdict();
    }

    /** As {@link #finalVerdict} of a job that keeps no order, hence does not end with a fence. */
    Verdict verdictOnceAllIsOut() throws IOException, InterruptedException {
        finish();
        Await.until("answered: in finished files", SOON, () -> verdict().lost().isEmpty());
        return verdict();
    }

    private void finish() throws InterruptedException {
        for (Vendor vendor : vendors) {
            vendor.finish(SOON);
        }
    }

    /** Returns when everything that was answered before has left the job, or is lost. */
    void awaitFences() throws InterruptedException {
        Vendor vendor = add("fence" + vendors.size(), 20);
        awaitAccepted(FENCES);
        vendor.finish(SOON);
        Set<String> fences =
                journal.accepted().stream()
                        .filter(id -> id.startsWith("fence"))
                        .collect(Collectors.toSet());
        Await.until(
                "fences: in finished files",
                SOON,
                () ->
                        files.events().stream()
                                .map(Emitted::eventId)
                                .collect(Collectors.toSet())
                                .containsAll(fences));
    }

    Verdict verdict() throws IOException {
        journal.write(config.directory().resolve("journal"));
        return Oracle.judge(journal, files.events());
    }

    /** What is wrong with the counts so far: a window that is open still is missing. */
    List<String> countProblems() throws IOException {
        return CountsOracle.problems(
                files.lines(), config.files("counts").lines(), config.files("late").lines());
    }

    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }
}
