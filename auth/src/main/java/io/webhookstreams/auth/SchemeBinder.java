/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Binds a tree to a {@link SignatureScheme}, the one way for presets and for users: strictly, and
 * with all that is wrong together, each as {@code name: value (expected: …)} below the scheme. What
 * stands where somebody may take the key's description for the place of the key is not told.
 */
final class SchemeBinder {

    /** Of whichever part: what has no default. */
    private static final Set<String> REQUIRED =
            Set.of("algorithm", "key", "signature", "decode", "from", "parse", "format");

    private static final String KEY = "key";
    private static final int MAX_SHOWN = 60;
    private static final int MAX_SECONDS_DIGITS = 9;

    private final List<String> problems;

    private SchemeBinder(List<String> problems) {
        this.problems = problems;
    }

    /**
     * Binds one scheme.
     *
     * @param problems where problems are added
     * @return null where there is a problem
     */
    static SignatureScheme bind(JsonNode node, List<String> problems) {
        return new SchemeBinder(problems).record(SignatureScheme.class, node, "");
    }

    /** The name of a constant that configurations use. */
    static String written(Enum<?> constant) {
        try {
            JsonProperty name =
                    constant.getDeclaringClass()
                            .getField(constant.name())
                            .getAnnotation(JsonProperty.class);
            return name == null ? constant.toString() : name.value();
        } catch (NoSuchFieldException e) {
            throw new AssertionError("a constant is a field", e);
        }
    }

    private <T> T record(Class<T> type, JsonNode node, String path) {
        Map<String, RecordComponent> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.put(kebab(component.getName()), component);
        }
        String expected = String.join(", ", fields.keySet());
        if (!node.isObject()) {
            problem(path.isEmpty() ? "" : path, "no mapping", "a mapping of " + expected);
            return null;
        }
        int before = problems.size();
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!fields.containsKey(name)) {
                                problem(below(path, shown(path, name)), "unknown", expected);
                            }
                        });
        List<Object> values = new ArrayList<>();
        fields.forEach(
                (name, component) -> {
                    JsonNode value = node.get(name);
                    boolean absent = value == null || value.isNull();
                    if (absent && REQUIRED.contains(name)) {
                        problem(below(path, name), "missing", expectation(component));
                    }
                    values.add(
                            absent
                                    ? null
                                    : value(component.getGenericType(), value, below(path, name)));
                });
        return problems.size() > before ? null : make(type, values);
    }

    private <T> T make(Class<T> type, List<Object> values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                refused.getMessage().lines().forEach(problems::add);
                return null;
            }
            throw new IllegalStateException(type + ": cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + ": no canonical constructor", e);
        }
    }

    private Object value(Type type, JsonNode node, String path) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], node, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && plain != FieldSource.class) {
            return record(plain, node, path);
        }
        if (plain == Duration.class) {
            return seconds(node, path);
        }
        if (!node.isTextual()) {
            problem(path, "no text", "a text, in quotes where it is a number");
            return null;
        }
        String text = node.textValue();
        if (plain.isEnum()) {
            return constant(plain, text, path);
        }
        return plain == FieldSource.class ? field(text, path) : text;
    }

    private List<Object> list(Type of, JsonNode node, String path) {
        List<Object> values = new ArrayList<>();
        if (!node.isArray()) {
            problem(path, "no list", "a list");
            return values;
        }
        for (JsonNode element : node) {
            Object value = value(of, element, path);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Duration seconds(JsonNode node, String path) {
        String text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
        boolean whole =
                !text.isEmpty()
                        && text.length() <= MAX_SECONDS_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole) {
            problem(path, shown(path, node.asText()), "whole seconds, such as 300");
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private Object constant(Class<?> type, String text, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (written((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        problem(path, shown(path, text), "one of " + names(type));
        return null;
    }

    private FieldSource field(String text, String path) {
        try {
            return FieldSource.parse(text);
        } catch (IllegalArgumentException e) {
            // It begins with the word that stands for every field.
            problems.add(path + e.getMessage().substring(e.getMessage().indexOf(':')));
            return null;
        }
    }

    private void problem(String path, String value, String expected) {
        problems.add((path.isEmpty() ? "" : path + ": ") + value + " (expected: " + expected + ")");
    }

    private static String expectation(RecordComponent component) {
        return component.getType().isEnum() ? "one of " + names(component.getType()) : "a value";
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> written((Enum<?>) constant))
                .collect(Collectors.joining(", "));
    }

    /** Nothing of what is written below {@code key}: a secret may have been put there. */
    private static String shown(String path, String text) {
        boolean ofKey = path.equals(KEY) || path.startsWith(KEY + ".");
        return ofKey ? "***" : SafeText.capped(text, MAX_SHOWN);
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
