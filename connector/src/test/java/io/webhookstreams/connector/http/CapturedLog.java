/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is logged at WARN or above while it is open, but for what Jetty's client says of itself: a
 * sender that is closed while answers come has tasks refused, in loggers that the server has too.
 */
public final class CapturedLog implements AutoCloseable {

    private static final List<String> CLIENTS =
            List.of("org.eclipse.jetty.client.", "org.eclipse.jetty.http2.client.");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final Lines appender = new Lines();

    public CapturedLog() {
        appender.start();
        root.addAppender(appender);
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root.removeAppender(appender);
        appender.stop();
    }

    private final class Lines extends AbstractAppender {
        Lines() {
            super("captured", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String message = event.getMessage().getFormattedMessage();
            if (event.getLevel().isMoreSpecificThan(Level.WARN)
                    && CLIENTS.stream().noneMatch(message::contains)) {
                lines.add(
                        event.getLevel()
                                + " "
                                + event.getLoggerName()
                                + ": "
                                + message
                                + " "
                                + event.getThrown());
            }
        }
    }
}
