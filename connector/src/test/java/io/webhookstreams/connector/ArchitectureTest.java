/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.junit.jupiter.api.Test;

/** The arrows between the connector's packages. Nothing is exempt. */
class ArchitectureTest {

    private static final String BASE = "io.webhookstreams.connector";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BASE);

    @Test
    void only_http_knows_jetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void http_is_reached_through_its_registry_and_the_contracts_of_ingest() {
        classes()
                .that()
                .resideInAPackage(BASE + ".http..")
                .and()
                .arePublic()
                .should()
                .haveSimpleName("WebhookServers")
                .check(CLASSES);
    }

    @Test
    void nothing_knows_the_jobs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.webhookstreams.jobs..")
                .check(CLASSES);
    }

    @Test
    void settings_know_no_stage() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(stages())
                .check(CLASSES);
    }

    @Test
    void the_way_in_knows_neither_readers_nor_lanes() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        BASE + ".ingest..",
                        BASE + ".route..",
                        BASE + ".admission..",
                        BASE + ".capture..",
                        BASE + ".metrics..",
                        BASE + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".reader..",
                        BASE + ".lane..",
                        BASE + ".enumerator..",
                        BASE + ".payload..")
                .check(CLASSES);
    }

    @Test
    void readers_lanes_and_enumerator_do_not_know_http() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        BASE + ".reader..",
                        BASE + ".lane..",
                        BASE + ".enumerator..",
                        BASE + ".payload..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".http..", BASE + ".route..", BASE + ".admission..")
                .check(CLASSES);
    }

    @Test
    void stages_form_no_cycle() {
        SlicesRuleDefinition.slices()
                .matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    private static String[] stages() {
        return new String[] {
            BASE + ".http..",
            BASE + ".ingest..",
            BASE + ".route..",
            BASE + ".admission..",
            BASE + ".capture..",
            BASE + ".metrics..",
            BASE + ".payload..",
            BASE + ".lane..",
            BASE + ".reader..",
            BASE + ".enumerator.."
        };
    }
}
