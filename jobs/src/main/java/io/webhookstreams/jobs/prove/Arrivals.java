/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.oracle.CountsOracle;
import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * Gives the oracles what the job has written since this was made. Of events that others have sent,
 * nothing can be said. One thread.
 */
final class Arrivals {

    private final Plan plan;
    private final List<Folder> folders = new ArrayList<>();
    private final Oracle oracle;
    private final CountsOracle windows = new CountsOracle();
    private String typeOfOthers;

    private Arrivals(Plan plan, Journal journal) {
        this.plan = plan;
        this.oracle = new Oracle(journal, id -> plan.ofTierAccept());
        folders.add(new Folder(plan.events(), this::event));
        plan.windows()
                .ifPresent(
                        folder -> {
                            folders.add(new Folder(folder.counts(), this::count));
                            folders.add(new Folder(folder.late(), this::late));
                        });
    }

    /** A folder's files, and where their lines go. */
    private final class Folder implements SinkFiles.Lines {

        private final SinkFiles files;
        private final BiConsumer<JsonNode, Path> to;

        Folder(Path folder, BiConsumer<JsonNode, Path> to) {
            this.files = new SinkFiles(folder);
            this.to = to;
        }

        @Override
        public void line(JsonNode line, Path file) {
            to.accept(line, file);
        }

        @Override
        public void unreadable(Path file, int number) {
            oracle.addUnreadable(file, number);
        }
    }

    /** Passes over what is there by now: it is of others. */
    static Arrivals from(Plan plan, Journal journal) throws IOException {
        Arrivals arrivals = new Arrivals(plan, journal);
        for (Folder folder : arrivals.folders) {
            folder.files.skipFinished();
        }
        return arrivals;
    }

    void readNew() throws IOException {
        for (Folder folder : folders) {
            folder.files.readNew(folder);
        }
    }

    private void event(JsonNode line, Path file) {
        Emitted record = plan.fields().emitted(line, file);
        if (!isOurs(record.eventId())) {
            return;
        }
        oracle.add(record);
        if (plan.windows().isPresent()) {
            windows.event(line);
            String type = line.path("type").asText();
            typeOfOthers = isOurs(type) ? typeOfOthers : type;
        }
    }

    private void count(JsonNode line, Path file) {
        if (isOurs(line.path("type").asText())) {
            windows.count(line);
        }
    }

    private void late(JsonNode line, Path file) {
        if (isOurs(line.path("event_id").asText())) {
            windows.late(line);
        }
    }

    private boolean isOurs(String text) {
        return text.startsWith(plan.run());
    }

    boolean hasSeen(String eventId) {
        return oracle.hasSeen(eventId);
    }

    /** Whether all events that a vendor may send have come out. */
    boolean hasSeenAll(Vendor.Profile vendor) {
        return LongStream.rangeClosed(1, vendor.pace().limit())
                .allMatch(number -> hasSeen(vendor.name() + "-" + number));
    }

    /** A type that an event of this run has come out with, and that others may have too. */
    Optional<String> typeOfOthers() {
        return Optional.ofNullable(typeOfOthers);
    }

    /** True when everything that was answered 2xx has come out, and what came out is counted. */
    boolean areComplete() {
        return oracle.hasAllAnswered() && windowProblems().isEmpty();
    }

    Verdict verdict() {
        return oracle.verdict();
    }

    List<String> windowProblems() {
        return windows.problems();
    }
}
