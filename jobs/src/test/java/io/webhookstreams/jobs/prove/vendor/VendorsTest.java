/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the file says of vendors, and what follows from it after an answer. */
class VendorsTest {

    private static final Answer GONE = new Answer.Silence("connection reset", false);
    private static final Answer LATE = new Answer.Silence("request timed out", true);

    @Test
    void all_vendors_of_the_file_can_be_read() {
        assertThat(Vendors.all()).hasSize(37);
        assertThat(Vendors.all().values())
                .allMatch(vendor -> vendor.deadline().compareTo(Duration.ZERO) > 0);
    }

    @Test
    void a_fact_has_the_mark_of_its_source() {
        Source slack = vendor("slack").source();

        assertThat(slack.of("deadline")).isEqualTo(Source.Mark.V);
        assertThat(slack.of("retry-after")).isEqualTo(Source.Mark.NOT_STATED);
        assertThat(vendor("jira").source().of("deadline")).isEqualTo(Source.Mark.R);
    }

    @Test
    void github_sends_nothing_again() {
        assertThat(pause("github", GONE, 1)).isEmpty();
        assertThat(pause("github", refused(503), 1)).isEmpty();
    }

    @Test
    void slack_sends_three_times_more() {
        assertThat(pause("slack", GONE, 1)).contains(Duration.ZERO);
        assertThat(pause("slack", GONE, 2)).contains(Duration.ofMinutes(1));
        assertThat(pause("slack", GONE, 3)).contains(Duration.ofMinutes(5));
        assertThat(pause("slack", GONE, 4)).isEmpty();
    }

    @Test
    void bitbucket_sends_again_after_5xx_only() {
        assertThat(pause("bitbucket", refused(503), 1)).contains(Duration.ZERO);
        assertThat(pause("bitbucket", refused(429), 1)).isEmpty();
        assertThat(pause("bitbucket", GONE, 1)).isEmpty();
    }

    @Test
    void growing_delays_end_when_their_time_is_over() {
        assertThat(pause("plaid", GONE, 3)).contains(Duration.ofMinutes(8));
        assertThat(pause("plaid", GONE, 6)).contains(Duration.ofMinutes(512));
        assertThat(pause("plaid", GONE, 7)).isEmpty();
    }

    @Test
    void the_last_delay_of_a_list_is_repeated_until_its_time_is_over() {
        assertThat(retries("azure-event-grid")).isEqualTo(6 + 23);
        assertThat(pause("azure-event-grid", GONE, 29)).contains(Duration.ofHours(1));
        assertThat(retries("adyen")).isGreaterThan(80);
        assertThat(pause("adyen", GONE, 80)).contains(Duration.ofHours(8));
    }

    @ParameterizedTest
    @CsvSource({
        "shopify, 8", "square, 11", "paypal, 25", "hubspot, 10", "docusign, 44", "paddle, 60",
        "standard-webhooks, 7", "zoom, 3", "mailgun, 6", "linear, 3", "jira, 5", "sanity, 2"
    })
    void a_vendor_that_says_how_often_it_sends_again_does_so(String name, int times) {
        assertThat(retries(name)).isEqualTo(times);
    }

    @Test
    void an_answer_that_is_late_is_not_the_same_as_a_connection_that_is_lost() {
        assertThat(pause("twilio", GONE, 1)).contains(Duration.ZERO);
        assertThat(pause("twilio", LATE, 1)).isEmpty();
        assertThat(pause("zendesk", LATE, 1)).contains(Duration.ofSeconds(5));
        assertThat(pause("zendesk", GONE, 1)).isEmpty();
    }

    @Test
    void time_between_retries_is_scaled() {
        assertThat(vendor("linear").pause(GONE, 2, 0.001, 0.5)).contains(Duration.ofMillis(3_600));
    }

    @Test
    void retry_after_is_honoured_in_each_vendors_way() {
        assertThat(pause("stripe", refused(503), 1)).contains(Duration.ofMinutes(1));
        assertThat(pause("cloudevents", refused(429), 1)).contains(Duration.ofSeconds(7));
        assertThat(pause("hubspot", refused(429), 1)).contains(Duration.ofMillis(7));
        assertThat(pause("standard-webhooks", refused(503), 1)).contains(Duration.ofSeconds(7));
        assertThat(pause("standard-webhooks", refused(429), 1)).contains(Duration.ofSeconds(60));
        assertThat(pause("zendesk", refused(503), 1)).contains(Duration.ofSeconds(7));
        assertThat(
                        pause(
                                "zendesk",
                                new Answer.Refused(503, Optional.empty(), Optional.of("60")),
                                1))
                .isEmpty();
    }

    @Test
    void a_2xx_that_the_vendor_does_not_take_for_a_yes_is_sent_again() {
        Answer created = new Answer.Accepted(202, HttpClient.Version.HTTP_1_1);

        assertThat(vendor("stripe").isSatisfied(created)).isTrue();
        assertThat(vendor("linear").isSatisfied(created)).isFalse();
        assertThat(pause("linear", created, 1)).contains(Duration.ofMinutes(1));
    }

    @Test
    void a_key_that_nobody_knows_is_refused() {
        assertThatThrownBy(
                        () ->
                                HabitsReader.read(
                                        new YAMLMapper()
                                                .readTree("{name: x, delays: [], retires: 1}")))
                .hasMessageContaining("retires");
    }

    private static Habits vendor(String name) {
        return Vendors.named(name).orElseThrow();
    }

    /** In the middle of the jitter, in real time. */
    private static Optional<Duration> pause(String name, Answer answer, int retry) {
        return vendor(name).pause(answer, retry, 1, 0.5);
    }

    /** How often it sends again after 503 without an end. */
    private static long retries(String name) {
        return IntStream.iterate(1, retry -> retry + 1)
                .takeWhile(retry -> pause(name, refused(503), retry).isPresent())
                .limit(1_000)
                .count();
    }

    private static Answer refused(int status) {
        return new Answer.Refused(status, Optional.of("overloaded"), Optional.of("7"));
    }
}
