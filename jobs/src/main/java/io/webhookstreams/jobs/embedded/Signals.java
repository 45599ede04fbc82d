/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Reacts to Ctrl-C and SIGTERM before the JVM begins to shut down: Flink's own shutdown hooks would
 * delete its working files under the savepoint. The JDK has no supported API for it; {@code
 * sun.misc.Signal} is in the module {@code jdk.unsupported} and is reached by reflection.
 */
public final class Signals {

    private static final List<String> TERMINATION = List.of("INT", "TERM");

    private Signals() {}

    /** Runs the action on a thread of the JVM's for each such signal, instead of a shutdown. */
    public static void onTermination(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = handler(handlerType, action);
            for (String name : TERMINATION) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                handler);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signals cannot be handled on this JVM", e);
        }
    }

    private static Object handler(Class<?> handlerType, Runnable action) {
        InvocationHandler run =
                (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return null;
                };
        return Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handlerType}, run);
    }
}
