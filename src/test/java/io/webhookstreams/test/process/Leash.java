/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Main class of a child JVM: watches the parent's process and runs another main class. When the
 * parent is gone, even by SIGKILL, the child halts. Arguments: the parent's process id, the main
 * class, its arguments. Depends on the JDK alone, because it is put on the child's class path by
 * itself.
 */
public final class Leash {

    private Leash() {}

    public static void main(String[] args) throws Throwable {
        watch(Long.parseLong(args[0]));
        String[] rest = Arrays.copyOfRange(args, 2, args.length);
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static void watch(long parent) {
        ProcessHandle handle =
                ProcessHandle.of(parent)
                        .orElseThrow(() -> new IllegalStateException("parent: gone: " + parent));
        Thread watcher =
                new Thread(
                        () -> {
                            handle.onExit().join();
                            Runtime.getRuntime().halt(137);
                        },
                        "leash");
        watcher.setDaemon(true);
        watcher.start();
    }
}
