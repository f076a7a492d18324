package dev.assay.lab;

import dev.assay.cli.FurtherCommands;
import dev.assay.lab.chaos.ChaosCommand;
import java.util.List;

/** What this jar adds to {@code assay}. */
public final class LabCommands implements FurtherCommands {
    @Override
    public List<Object> commands() {
        return List.of(new SimulateCommand(), new ChaosCommand());
    }
}
