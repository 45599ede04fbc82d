/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

final class SystemsTest {

    @Test
    void a_reading_job_that_takes_requests_is_refused() {
        assertThatThrownBy(() -> Systems.verifyNoAddress("http://127.0.0.1:1"))
                .isInstanceOf(IOException.class)
                .hasMessage("address of the reading job: http://127.0.0.1:1 (expected: none)");
        assertThatCode(() -> Systems.verifyNoAddress("none")).doesNotThrowAnyException();
    }
}
