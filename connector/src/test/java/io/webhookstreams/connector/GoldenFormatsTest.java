/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every versioned format has a golden file {@code FORMAT-vVERSION.bin} per version, and the present
 * code reads it. A new format, or a new version, fails here until its file is there.
 */
class GoldenFormatsTest {

    private static final Map<String, String> FORMATS =
            Map.of(
                    "WebhookDeliveryWire", "delivery",
                    "WebhookDeliverySerializer$Snapshot", "delivery-serializer",
                    "WebhookResultSerializer$Snapshot", "result-serializer",
                    "enumerator.WebhookEnumStateSerializer", "enumerator-state",
                    "lane.LaneSplitSerializer", "lane-split");

    private static final WebhookResultSerializer<String> RESULTS =
            new WebhookResultSerializer<>(StringSerializer.INSTANCE);

    @Test
    void every_versioned_format_is_known_here() {
        String root = WebhookDelivery.class.getPackageName() + ".";
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(WebhookDelivery.class.getPackageName());

        Set<String> versioned =
                classes.stream()
                        .filter(GoldenFormatsTest::isVersioned)
                        .map(type -> type.getName().substring(root.length()))
                        .collect(Collectors.toSet());

        assertThat(versioned).isEqualTo(FORMATS.keySet());
    }

    @Test
    void every_version_of_every_format_has_a_golden_file() throws ReflectiveOperationException {
        for (Map.Entry<String, String> format : FORMATS.entrySet()) {
            for (int version = 1; version <= newestVersionOf(format.getKey()); version++) {
                String file = "%s-v%d.bin".formatted(format.getValue(), version);
                assertThat(Golden.bytes(file)).as(file).isNotEmpty();
            }
        }
    }

    @Test
    void the_delivery_serializer_of_version_1_stays_readable_and_is_what_is_written()
            throws IOException {
        byte[] golden = Golden.bytes("delivery-serializer-v1.bin");

        assertThat(restored(golden)).isEqualTo(WebhookDeliverySerializer.INSTANCE);
        assertThat(snapshot(WebhookDeliverySerializer.INSTANCE)).isEqualTo(golden);
    }

    @Test
    void the_result_serializer_of_version_1_stays_readable_and_is_what_is_written()
            throws IOException {
        byte[] golden = Golden.bytes("result-serializer-v1.bin");

        assertThat(restored(golden)).isEqualTo(RESULTS);
        assertThat(snapshot(RESULTS)).isEqualTo(golden);
    }

    private static boolean isVersioned(JavaClass type) {
        return type.isAssignableTo(SimpleVersionedSerializer.class)
                || type.isAssignableTo(TypeSerializerSnapshot.class)
                || type.tryGetField("VERSION").isPresent();
    }

    private static int newestVersionOf(String type) throws ReflectiveOperationException {
        Field version =
                Class.forName(WebhookDelivery.class.getPackageName() + "." + type)
                        .getDeclaredField("VERSION");
        version.setAccessible(true);
        return version.getInt(null);
    }

    private static byte[] snapshot(TypeSerializer<?> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return out.getCopyOfBuffer();
    }

    private static TypeSerializer<?> restored(byte[] golden) throws IOException {
        return TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(golden), GoldenFormatsTest.class.getClassLoader())
                .restoreSerializer();
    }
}
