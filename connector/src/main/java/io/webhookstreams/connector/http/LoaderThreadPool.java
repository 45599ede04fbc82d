/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's threads, in the job's class loader, so that nothing of another job leaks in. */
final class LoaderThreadPool extends QueuedThreadPool {

    private final ClassLoader loader;

    LoaderThreadPool(String name, int mostThreads, ClassLoader loader) {
        super(mostThreads);
        this.loader = loader;
        setName(name);
        setDaemon(true);
    }

    @Override
    public Thread newThread(Runnable runnable) {
        Thread thread = super.newThread(runnable);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
