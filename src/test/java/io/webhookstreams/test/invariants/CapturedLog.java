/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that this project's code logs while it is open, down to DEBUG, with stack traces. */
final class CapturedLog implements AutoCloseable {

    private static final String OURS = "io.webhookstreams";

    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final Logger ours = (Logger) LogManager.getLogger(OURS);
    private final Level before = ours.getLevel();
    private final Lines appender = new Lines();

    CapturedLog() {
        appender.start();
        Configurator.setLevel(OURS, Level.DEBUG);
        ours.addAppender(appender);
    }

    /** As an operator would read them. */
    List<String> lines() {
        return events.stream().map(CapturedLog::line).toList();
    }

    /** Lines of WARN and ERROR. */
    List<String> alarms() {
        return events.stream()
                .filter(event -> event.getLevel().isMoreSpecificThan(Level.WARN))
                .map(CapturedLog::line)
                .toList();
    }

    @Override
    public void close() {
        ours.removeAppender(appender);
        Configurator.setLevel(OURS, before);
        appender.stop();
    }

    private static String line(LogEvent event) {
        StringWriter text = new StringWriter();
        text.append(event.getLevel() + " " + event.getLoggerName() + ": ");
        text.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private final class Lines extends AbstractAppender {
        Lines() {
            super("captured", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            events.add(event.toImmutable());
        }
    }
}
