/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.support.TestDirectory;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/** Lines written with the layout that the cluster's processes have. */
class ProcessLogsTest {

    private static final String OURS = "io.webhookstreams.connector.reader.WebhookSourceReader";
    private static final String FLINKS = "org.apache.flink.runtime.taskmanager.Task";

    private final PatternLayout layout = layoutOfProcesses();
    private Path directory;

    @BeforeEach
    void what_is_no_news() throws IOException {
        directory = TestDirectory.of(ProcessLogsTest.class, "cluster");
        write(Level.WARN, OURS, null);
        write(Level.ERROR, FLINKS, null);
        write(Level.ERROR, FLINKS, thrownBy(new NullPointerException("theirs"), FLINKS));
        write(Level.WARN, FLINKS, thrownBy(new IllegalStateException("as the test asked"), OURS));
        assertThat(problems()).isEmpty();
    }

    @Test
    void an_error_of_this_project_is_told() throws IOException {
        write(Level.ERROR, OURS, null);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("taskmanager-1.log: ")
                .contains(" ERROR " + OURS);
    }

    @Test
    void a_mistake_in_code_of_this_project_is_told_whoever_reports_it() throws IOException {
        write(Level.WARN, FLINKS, thrownBy(new NullPointerException("ours"), OURS));

        assertThat(problems()).containsExactly("taskmanager-1.log: " + npe("ours"));
    }

    @Test
    void a_mistake_that_the_jdk_found_for_this_project_is_told() throws IOException {
        Exception found = new NullPointerException("in the JDK");
        write(Level.WARN, FLINKS, thrownBy(found, "java.util.Objects", OURS, FLINKS));

        assertThat(problems()).containsExactly("taskmanager-1.log: " + npe("in the JDK"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.ClassCastException",
                "java.lang.ArrayIndexOutOfBoundsException",
                "java.lang.IllegalArgumentException",
                "java.util.NoSuchElementException",
                "java.lang.ArithmeticException"
            })
    void every_kind_of_mistake_is_told(String kind) throws Exception {
        write(Level.INFO, FLINKS, thrownBy(made(kind), OURS));

        assertThat(problems()).containsExactly("taskmanager-1.log: " + kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.OutOfMemoryError",
                "java.lang.StackOverflowError",
                "java.lang.NoSuchMethodError",
                "java.lang.NoSuchFieldError",
                "java.lang.VerifyError",
                "java.lang.IllegalAccessError",
                "java.lang.AbstractMethodError",
                "java.util.ConcurrentModificationException"
            })
    void what_no_fault_explains_is_told_wherever_it_is_thrown(String kind) throws Exception {
        write(Level.WARN, FLINKS, thrownBy(made(kind), FLINKS));

        assertThat(problems()).containsExactly("taskmanager-1.log: " + kind);
    }

    private static Throwable made(String kind) throws ReflectiveOperationException {
        return Class.forName(kind).asSubclass(Throwable.class).getConstructor().newInstance();
    }

    private static String npe(String message) {
        return "java.lang.NullPointerException: " + message;
    }

    private List<String> problems() throws IOException {
        return ProcessLogs.problems(directory);
    }

    /** The classes that were called, the last one first. */
    private static Throwable thrownBy(Throwable thrown, String... classes) {
        StackTraceElement[] stack = new StackTraceElement[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String module = classes[i].startsWith("java.") ? "java.base" : null;
            stack[i] = new StackTraceElement(null, module, null, classes[i], "call", "A.java", 1);
        }
        thrown.setStackTrace(stack);
        return thrown;
    }

    private void write(Level level, String logger, Throwable thrown) throws IOException {
        Log4jLogEvent event =
                Log4jLogEvent.newBuilder()
                        .setLevel(level)
                        .setLoggerName(logger)
                        .setMessage(new SimpleMessage("what happened"))
                        .setThrown(thrown)
                        .build();
        Files.writeString(
                directory.resolve("taskmanager-1.log"),
                layout.toSerializable(event),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static PatternLayout layoutOfProcesses() {
        Properties settings = new Properties();
        try (InputStream file =
                ProcessLogsTest.class.getResourceAsStream("/flink-log4j.properties")) {
            settings.load(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return PatternLayout.newBuilder()
                .withPattern(settings.getProperty("appender.console.layout.pattern"))
                .build();
    }
}
