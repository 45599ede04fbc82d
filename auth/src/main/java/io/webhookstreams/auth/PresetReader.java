/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Binds YAML to presets, strictly: an unknown, repeated or missing key fails. */
final class PresetReader {

    /** Also for what configurations write in the same words. */
    static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .addModule(
                            new SimpleModule()
                                    .addDeserializer(Duration.class, new Seconds())
                                    .addDeserializer(SignatureScheme.class, new Schemes()))
                    .build();

    private PresetReader() {}

    /** Presets by name, in the order of their names. */
    static Map<String, Preset> read(InputStream yaml) throws IOException {
        List<Preset> presets = YAML.readValue(yaml, new TypeReference<List<Preset>>() {});
        return Collections.unmodifiableMap(
                presets.stream()
                        .collect(
                                Collectors.toMap(
                                        Preset::name,
                                        Function.identity(),
                                        PresetReader::twice,
                                        TreeMap::new)));
    }

    private static Preset twice(Preset one, Preset other) {
        throw new IllegalArgumentException("name: " + one.name() + " (expected: once)");
    }

    /** A duration is a whole number of seconds. */
    private static final class Seconds extends StdDeserializer<Duration> {

        private static final long serialVersionUID = 1L;

        Seconds() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return Duration.ofSeconds(parser.getLongValue());
        }
    }

    /** As users' schemes are read. */
    private static final class Schemes extends StdDeserializer<SignatureScheme> {

        private static final long serialVersionUID = 1L;

        Schemes() {
            super(SignatureScheme.class);
        }

        @Override
        public SignatureScheme deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            List<String> problems = new ArrayList<>();
            SignatureScheme scheme = SchemeBinder.bind(context.readTree(parser), problems);
            if (scheme == null) {
                throw JsonMappingException.from(parser, String.join("\n", problems));
            }
            return scheme;
        }
    }
}
