/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/**
 * {@code jobs → connector → auth, checkpoint}, as docs/architecture.md draws it. Nothing is exempt.
 */
class ModuleArrowsTest {

    private static final String BASE = "io.webhookstreams.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(
                            BASE + "checkpoint", BASE + "auth", BASE + "connector", BASE + "jobs");

    @Test
    void checkpoint_depends_on_the_jdk_only() {
        classes()
                .that()
                .resideInAPackage(BASE + "checkpoint..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(BASE + "checkpoint..", "java..")
                .check(CLASSES);
    }

    @Test
    void auth_knows_neither_flink_nor_jetty() {
        classes()
                .that()
                .resideInAPackage(BASE + "auth..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        BASE + "auth..",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "com.nimbusds.jose..",
                        "com.nimbusds.jwt..",
                        "org.apache.hc..",
                        "com.fasterxml.jackson..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void nobody_uses_what_flink_keeps_to_itself() {
        noClasses()
                .that()
                .resideInAnyPackage(BASE + "connector..", BASE + "jobs.pipeline..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.apache.flink..")
                                .and(annotatedWith("org.apache.flink.annotation.Internal")))
                .check(CLASSES);
    }

    @Test
    void jobs_use_the_connectors_public_package_only() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "connector.*..")
                .check(CLASSES);
    }

    @Test
    void nothing_depends_on_the_jobs() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + "jobs..")
                .check(CLASSES);
    }
}
