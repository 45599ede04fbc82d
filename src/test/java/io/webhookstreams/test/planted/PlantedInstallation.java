/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import io.webhookstreams.test.webhooks.Installation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes a copy of an installation in which the edited classes replace those of the jar.
 *
 * <ol>
 *   <li>The edits are applied to copies of the sources of the same build.
 *   <li>They are compiled against its jar and its {@code lib}.
 *   <li>The classes go into a copy of the jar; {@code lib} is a link.
 * </ol>
 */
public final class PlantedInstallation {

    private final Installation original;
    private final Path directory;

    private PlantedInstallation(Installation original, Path directory) {
        this.original = original;
        this.directory = directory;
    }

    /** In a directory of its own, which stays. */
    public static Installation of(Installation original, Defect defect, Path directory)
            throws IOException {
        return new PlantedInstallation(original, directory.resolve(defect.name())).plant(defect);
    }

    /** The sources that an installation has been built from, with the edits, by their paths. */
    static Map<String, String> edited(Installation original, Defect defect) throws IOException {
        Path repository = original.home().toAbsolutePath().resolve("../../..").normalize();
        Map<String, String> texts = new TreeMap<>();
        for (Edit edit : defect.edits()) {
            String text = texts.get(edit.source());
            if (text == null) {
                text = Files.readString(repository.resolve(edit.source()));
            }
            texts.put(edit.source(), edit.applyTo(text));
        }
        return texts;
    }

    private Installation plant(Defect defect) throws IOException {
        Path home = directory.resolve("webhooks");
        Files.createDirectories(home);
        copy(original.home().resolve("bin"), home.resolve("bin"));
        copy(original.home().resolve("conf"), home.resolve("conf"));
        Files.createSymbolicLink(
                home.resolve("lib"), original.home().resolve("lib").toAbsolutePath());
        Installation planted = new Installation(home);
        Files.copy(original.jar(), planted.jar());
        replace(planted.jar(), compile(edited(original, defect)));
        return planted;
    }

    private Path compile(Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> files = write(sources);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath());
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    manager,
                                    null,
                                    options,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files))
                            .call();
            if (!compiled) {
                throw new IllegalStateException(directory + ": does not compile\n" + messages);
            }
        }
        return classes;
    }

    /** The jar and every jar of {@code lib}: the compiler takes no wildcard here. */
    private String classPath() throws IOException {
        try (Stream<Path> lib = Files.list(original.home().resolve("lib"))) {
            return Stream.concat(Stream.of(original.jar()), lib)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private List<Path> write(Map<String, String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        return files;
    }

    private static void replace(Path jar, Path classes) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(jar);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                Path target = archive.getPath("/").resolve(classes.relativize(file).toString());
                if (Files.notExists(target)) {
                    throw new IllegalStateException(
                            target + ": not in " + jar + " (expected: a class to replace)");
                }
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
