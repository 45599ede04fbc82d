/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

class QueryTextTest {

    private static final Set<String> CREDENTIALS = Set.of("access_token");

    @Test
    void a_parameter_is_found_and_decoded() {
        assertThat(QueryText.values("a=1&event%20id=x%2Fy&b", "event id")).containsExactly("x/y");
        assertThat(QueryText.values("a=1&b", "b")).containsExactly("");
        assertThat(QueryText.values("a=1", "b")).isEmpty();
        assertThat(QueryText.values(null, "b")).isEmpty();
    }

    @Test
    void all_of_a_name_are_found_however_it_is_written() {
        assertThat(QueryText.values("id=1&a=2&%69d=3&id", "id")).containsExactly("1", "3", "");
    }

    @Test
    void a_stray_percent_sign_means_itself() {
        assertThat(QueryText.values("a=100%", "a")).containsExactly("100%");
    }

    @Test
    void credentials_are_removed_however_their_name_is_written() {
        assertThat(QueryText.without("a=1&access_token=s&b=2", CREDENTIALS)).isEqualTo("a=1&b=2");
        assertThat(QueryText.without("Access_Token=s", CREDENTIALS)).isNull();
        assertThat(QueryText.without("access%5Ftoken=s&a=%20", CREDENTIALS)).isEqualTo("a=%20");
        assertThat(QueryText.without(null, CREDENTIALS)).isNull();
    }
}
