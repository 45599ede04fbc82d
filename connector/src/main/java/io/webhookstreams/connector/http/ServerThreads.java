/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes the server's few threads that are not Jetty's: daemons, in the job's class loader. */
final class ServerThreads implements ThreadFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);

    private final String prefix;
    private final ClassLoader loader;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    ServerThreads(String prefix, ClassLoader loader) {
        this.prefix = prefix;
        this.loader = loader;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + "-" + threads.size());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.setUncaughtExceptionHandler(
                (failed, e) -> LOG.error("{}: a task failed", failed.getName(), e));
        threads.add(thread);
        return thread;
    }

    /** Waits until they have ended: no code may run when the class loader closes. */
    void join(Duration mostEach) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(mostEach.toMillis());
        }
    }
}
