/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the job's own types outlives a process: the state of the windows and what is between the
 * tasks in an unaligned checkpoint, each with its serializer and one value in {@code
 * golden/TYPE-v1.bin}; and a dead letter's line. A change of a record's fields fails here before it
 * fails a restore.
 */
class GoldenStateTest {

    static List<Record> values() {
        CountKey key = new CountKey("orders", "order.created");
        CountedEvent event = new CountedEvent("orders", "t", "d", "e", 1_000, 2_000);
        Window window = new Window(0, 60_000);
        return List.of(
                key,
                event,
                window,
                new OpenWindow(3, 1_767_225_600_123L),
                new LateEvent(event, window),
                new WindowCount(key, window, 3, WindowCount.ClosedBy.CLOCK),
                deadLetter());
    }

    @ParameterizedTest
    @MethodSource("values")
    void version_1_stays_readable_and_is_what_is_written(Record value) throws IOException {
        byte[] golden = golden(value.getClass().getSimpleName() + "-v1.bin");

        assertThat(read(golden, value)).isEqualTo(value);
        assertThat(written(value)).isEqualTo(golden);
    }

    /** Flink can only serialize public records, so these are all that there can be. */
    @Test
    void every_record_that_flink_may_serialize_has_a_golden_file() {
        Set<String> settings = Set.of("PipelineSettings", "WindowSettings");

        Set<String> records =
                new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages(CountKey.class.getPackageName())
                                .stream()
                                .filter(JavaClass::isRecord)
                                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(JavaClass::getSimpleName)
                                .filter(name -> !settings.contains(name))
                                .collect(Collectors.toSet());

        assertThat(records)
                .isEqualTo(
                        values().stream()
                                .map(value -> value.getClass().getSimpleName())
                                .collect(Collectors.toSet()));
    }

    @Test
    void a_dead_letters_line_is_that_of_version_1() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        new DeadLetterLines().encode(deadLetter(), line);

        assertThat(line.toByteArray()).isEqualTo(golden("dead-letter-v1.jsonl"));
    }

    private static DeadLetter deadLetter() {
        return new DeadLetter(
                DeadLetter.Reason.INVALID_JSON,
                "body: empty (expected: one JSON value)",
                aDelivery().ofEvent("evt_1").withBody("{\"a").build());
    }

    /** The serializer as it was, which must be as good as the present one, and its value. */
    private static <T> T read(byte[] golden, T value) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(golden);
        TypeSerializerSnapshot<T> old =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        in, GoldenStateTest.class.getClassLoader());
        assertThat(
                        serializer(value)
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(old)
                                .isCompatibleAsIs())
                .isTrue();
        return old.restoreSerializer().deserialize(in);
    }

    private static <T> byte[] written(T value) throws IOException {
        TypeSerializer<T> serializer = serializer(value);
        DataOutputSerializer out = new DataOutputSerializer(256);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    @SuppressWarnings("unchecked") // A value's class is that of its type.
    private static <T> TypeSerializer<T> serializer(T value) {
        return (TypeSerializer<T>)
                TypeInformation.of(value.getClass()).createSerializer(new SerializerConfigImpl());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenStateTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("golden file: " + name + " (expected: one)");
            }
            return in.readAllBytes();
        }
    }
}
