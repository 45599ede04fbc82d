/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.fuzz.Allocation;
import io.webhookstreams.fuzz.Bodies;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The readers of single parts of a request: a value, none, or a refusal; never an exception. */
class IngestFuzzTest {

    private static final int INPUTS = 5_000;
    private static final int MOST = 1 << 20;

    private static final JsonPointer[] POINTERS = {
        JsonPointer.compile("/id"), JsonPointer.compile("/a/0/b"), JsonPointer.compile("/created")
    };

    private static final List<String> QUERIES =
            List.of("id=1&token=x", "a=%20&b", "=&&=", "token", "id=%e2%82%ac&id=2");

    private static final List<String> TYPES =
            List.of("application/json; charset=utf-8", "text/plain;charset=\"x\"; a=b", ";", "");

    @Test
    void a_coded_body_is_decoded_up_to_its_cap_or_refused() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String coding = random.nextBoolean() ? "gzip" : "deflate";
                    byte[] coded = Bodies.coded(Bodies.any(random), coding, random);
                    Allocation.bounded(
                            MOST,
                            () -> {
                                try {
                                    byte[] body = ContentCodings.decode(coded, coding, MOST);
                                    assertThat(body).hasSizeLessThanOrEqualTo(MOST);
                                } catch (RefusedException e) {
                                    assertThat(e.refusal())
                                            .isIn(Refusal.BAD_ENCODING, Refusal.TOO_LARGE);
                                }
                            });
                });
    }

    @Test
    void any_body_is_searched_for_values_without_an_exception() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    byte[] body = Bodies.any(random);
                    Allocation.bounded(body.length, () -> judge(body));
                });
    }

    @Test
    void any_query_is_read_and_loses_what_it_must_lose() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String query = Damage.of(any(QUERIES, random), random);
                    String without = QueryText.without(query, Set.of("token"));

                    assertThat(QueryText.values(without, "token")).isEmpty();
                    assertThat(QueryText.values(without, "id"))
                            .isEqualTo(QueryText.values(query, "id"));
                });
    }

    @Test
    void any_content_type_is_read() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    String header = Damage.of(any(TYPES, random), random);
                    assertThat(ContentType.mediaType(header)).isNotNull();
                    String charset = ContentType.charset(header);
                    assertThat(charset == null || !charset.isEmpty()).isTrue();
                });
    }

    private static void judge(byte[] body) {
        JsonValues values = JsonValues.read(body, POINTERS);
        for (int i = 0; i < POINTERS.length; i++) {
            String value = values.get(i);
            assertThat(value == null || value.length() <= body.length).isTrue();
        }
    }

    private static String any(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
