/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.oracle.CountsOracle;
import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.jobs.prove.vendor.Vendor;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two vendors that post to one stream, by HTTP/1.1 and HTTP/2, and the judgement of what came out.
 *
 * <ol>
 *   <li>{@link #start} begins; {@link #awaitAccepted} tells that answers come.
 *   <li>{@link #finish} ends it: every event that a vendor does not give up is answered 2xx.
 *   <li>{@link #awaitFences} returns when everything that was answered before has left the job.
 *   <li>{@link #judge} asks the oracle.
 * </ol>
 */
final class Load implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int FENCES = 60;
    private static final String EVENTS = "events";

    private final Journal journal = new Journal();
    private final List<Vendor> vendors = new ArrayList<>();
    private final WebhooksConfig config;
    private final Endpoints endpoints;
    private final SinkFiles files;
    private final long seed;

    private Load(WebhooksConfig config, String stream, Endpoints endpoints, long seed) {
        this.config = config;
        this.endpoints = endpoints;
        this.files = config.files("events/stream=" + stream);
        this.seed = seed;
    }

    /** Two vendors that post to the stream {@code events}. */
    static Load start(WebhooksConfig config, long seed) {
        return start(config, config.endpoints(EVENTS), seed);
    }

    /** The same, to listeners that are reached by other URLs. */
    static Load start(WebhooksConfig config, Endpoints endpoints, long seed) {
        Load load = new Load(config, EVENTS, endpoints, seed);
        load.add("patient", HttpClient.Version.HTTP_2, 24, 0);
        load.add("forgetful", HttpClient.Version.HTTP_1_1, 8, 20);
        return load;
    }

    /** One vendor, one request at a time, that posts to the stream {@code hasty}. */
    static Load startHasty(WebhooksConfig config, long seed) {
        Load load = new Load(config, "hasty", config.endpoints("hasty"), seed);
        load.add("hasty", HttpClient.Version.HTTP_1_1, 1, 0);
        return load;
    }

    private Vendor add(String name, HttpClient.Version version, int inFlight, int forgetful) {
        Vendor.Profile profile =
                new Vendor.Profile(
                        name, version, inFlight, PATIENCE, forgetful, WebhooksConfig.TOKEN);
        Vendor vendor = Vendor.start(profile, endpoints, journal, seed);
        vendors.add(vendor);
        return vendor;
    }

    /** Returns when the finished files of the ledger have so many lines more. */
    void awaitShed(int more) throws IOException, InterruptedException {
        int enough = ledger().size() + more;
        Await.until("shed: " + enough, SOON, () -> ledger().size() >= enough);
    }

    private List<JsonNode> ledger() throws IOException {
        return config.files("shed").lines();
    }

    /** Every 2xx is accounted for, once, and the budget was kept: only for a drained job. */
    void judgeShed(Chaos chaos, double budget) throws IOException {
        journal.write(config.directory().resolve("journal"));
        assertThat(ShedOracle.problems(journal, files.lines(), ledger(), budget))
                .as("%s, answers: %s", chaos, journal.summary())
                .isEmpty();
        assertThat(config.files("dead-letters").lines()).as("dead letters, %s", chaos).isEmpty();
        LOG.info("kept: {}, shed: {}", files.lines().size(), ledger().size());
    }

    /** Returns when so many more events have been answered 2xx. */
    void awaitAccepted(int more) throws InterruptedException {
        int enough = journal.accepted().size() + more;
        Await.until("accepted: " + enough, SOON, () -> journal.accepted().size() >= enough);
    }

    /** All attempts so far. */
    List<Attempt> attempts() {
        return journal.attempts();
    }

    /** Returns when an answer has had that code. */
    void awaitRefused(String code) throws InterruptedException {
        Await.until(
                "answers: " + code,
                SOON,
                () -> attempts().stream().anyMatch(attempt -> isRefusal(attempt, code)));
    }

    private static boolean isRefusal(Attempt attempt, String code) {
        return attempt.answer() instanceof Answer.Refused refused
                && refused.code().filter(code::equals).isPresent();
    }

    void finish() throws InterruptedException {
        for (Vendor vendor : vendors) {
            vendor.finish(SOON);
        }
        LOG.info("answers: {}", journal.summary());
    }

    /** Ends it at once: what is not answered by now is never sent again. */
    void abandon() {
        vendors.forEach(Vendor::close);
    }

    /**
     * Posts events that reach every writer of files, and returns when they are in finished files. A
     * writer finishes its files in order, so whatever it had before is in finished files too.
     */
    void awaitFences() throws InterruptedException {
        Vendor vendor = add("fence", HttpClient.Version.HTTP_1_1, 20, 0);
        awaitAccepted(FENCES);
        vendor.finish(SOON);
        Set<String> fences =
                journal.accepted().stream()
                        .filter(id -> id.startsWith("fence"))
                        .collect(Collectors.toSet());
        Await.until("fences: in finished files", SOON, () -> emittedIds().containsAll(fences));
    }

    private Set<String> emittedIds() throws IOException {
        return files.events().stream().map(Emitted::eventId).collect(Collectors.toSet());
    }

    Verdict verdict() throws IOException {
        journal.write(config.directory().resolve("journal"));
        return Oracle.judge(journal, files.events());
    }

    /** The promise was kept, and there was something to keep. */
    void judge(Chaos chaos) throws IOException {
        Verdict verdict = verdict();

        assertThat(verdict.isClean())
                .as("%s, answers: %s%n%s", chaos, journal.summary(), verdict)
                .isTrue();
        assertThat(config.files("dead-letters").lines()).as("dead letters, %s", chaos).isEmpty();
        assertThat(journal.accepted()).as("accepted, %s", chaos).hasSizeGreaterThan(100);
    }

    /** Every event is in one count or late: only for a job that was drained. */
    void judgeCounts(Chaos chaos) throws IOException {
        assertThat(
                        CountsOracle.problems(
                                files.lines(),
                                config.files("counts").lines(),
                                config.files("late").lines()))
                .as("counts, %s", chaos)
                .isEmpty();
    }

    @Override
    public void close() {
        vendors.forEach(Vendor::close);
    }
}
