/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

class QueryTextTest {

    private static final Set<String> CREDENTIALS = Set.of("access_token");

    @Test
    void a_parameter_is_found_and_decoded() {
        assertThat(QueryText.value("a=1&event%20id=x%2Fy&b", "event id")).isEqualTo("x/y");
        assertThat(QueryText.value("a=1&b", "b")).isEmpty();
        assertThat(QueryText.value("a=1", "b")).isNull();
        assertThat(QueryText.value(null, "b")).isNull();
    }

    @Test
    void a_stray_percent_sign_means_itself() {
        assertThat(QueryText.value("a=100%", "a")).isEqualTo("100%");
    }

    @Test
    void credentials_are_removed_however_their_name_is_written() {
        assertThat(QueryText.without("a=1&access_token=s&b=2", CREDENTIALS)).isEqualTo("a=1&b=2");
        assertThat(QueryText.without("Access_Token=s", CREDENTIALS)).isNull();
        assertThat(QueryText.without("access%5Ftoken=s&a=%20", CREDENTIALS)).isEqualTo("a=%20");
        assertThat(QueryText.without(null, CREDENTIALS)).isNull();
    }
}
