/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.junit.jupiter.api.Test;

/** The arrows between the job's packages, and out of them. Nothing is exempt. */
class ArchitectureTest {

    private static final String BASE = "io.webhookstreams.jobs";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BASE);

    @Test
    void of_the_connector_the_public_package_is_known_and_nothing_below() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.webhookstreams.connector.*..",
                        "io.webhookstreams.checkpoint..",
                        "org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void the_pipeline_knows_neither_files_of_options_nor_commands_nor_secrets() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".config..",
                        BASE + ".embedded..",
                        BASE + ".cli..",
                        "io.webhookstreams.auth..")
                .check(CLASSES);
    }

    @Test
    void what_is_submitted_to_a_cluster_knows_no_command() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".cli..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void what_proves_a_deployment_knows_nothing_of_how_the_job_works() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".prove..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".pipeline..",
                        BASE + ".config..",
                        BASE + ".embedded..",
                        "io.webhookstreams.connector..",
                        "org.apache.flink..")
                .check(CLASSES);
    }

    @Test
    void the_ca_for_senders_knows_nothing_of_the_job() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".certs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".pipeline..",
                        BASE + ".config..",
                        BASE + ".embedded..",
                        "io.webhookstreams.auth..",
                        "io.webhookstreams.connector..",
                        "org.apache.flink..")
                .check(CLASSES);
    }

    @Test
    void the_oracle_knows_of_the_vendors_and_they_nothing_of_it() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".prove.vendor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".prove", BASE + ".prove.oracle..")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        SlicesRuleDefinition.slices()
                .matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
