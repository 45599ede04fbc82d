/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

class ContentCodingsTest {

    private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_deflated_body_is_inflated() throws Exception {
        assertThat(ContentCodings.decode(deflated(new Deflater()), "deflate", 100)).isEqualTo(BODY);
    }

    @Test
    void a_body_that_needs_a_dictionary_is_refused_and_not_empty() throws IOException {
        Deflater deflater = new Deflater();
        deflater.setDictionary("{\"id\":\"".getBytes(StandardCharsets.UTF_8));
        byte[] deflated = deflated(deflater);

        assertThatThrownBy(() -> ContentCodings.decode(deflated, "deflate", 100))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.BAD_ENCODING));
    }

    private static byte[] deflated(Deflater deflater) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(BODY);
        }
        deflater.end();
        return out.toByteArray();
    }
}
