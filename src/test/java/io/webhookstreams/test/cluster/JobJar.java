/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs classes of this module as a job's jar. The first one is its main class. */
final class JobJar {

    private JobJar() {}

    static Path pack(Path file, Class<?> main, String... others) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            add(jar, main.getName());
            for (String other : others) {
                add(jar, main.getPackageName() + "." + other);
            }
        }
        return file;
    }

    private static void add(JarOutputStream jar, String className) throws IOException {
        String name = className.replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream bytes = JobJar.class.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(jar);
        }
        jar.closeEntry();
    }
}
