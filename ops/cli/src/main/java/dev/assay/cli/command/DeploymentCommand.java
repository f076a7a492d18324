package dev.assay.cli.command;

import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import java.time.Duration;
import picocli.CommandLine.Mixin;

/** A command on the deployment of a config file. */
public abstract class DeploymentCommand extends AssayCommand {
    /** How long a broker is waited for by whoever sits before a terminal. */
    protected static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    /** As the config file says; nobody is asked whether it is there. */
    protected final Deployment configured() {
        return deployment.open();
    }

    /** One whose estimator has made the topics. */
    protected final Deployment existing(Duration patience) throws Exception {
        Deployment opened = configured();
        Clients.requireTopics(opened, patience);
        return opened;
    }

    /** With its topics, which are made where they are not there. */
    protected final Deployment ready(Duration patience) throws Exception {
        Deployment opened = configured();
        Clients.setUpTopics(opened, patience);
        return opened;
    }
}
