package dev.assay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts the one registry of profile {@code registry} before all tests; that it cannot is a failure there. */
public final class RegistrySession implements LauncherSessionListener {
    private @Nullable ApicurioRegistry registry;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Integer port = Integer.getInteger(ApicurioRegistry.SHARED_PORT);
        if (port == null) {
            return;
        }
        try {
            registry = ApicurioRegistry.start(port);
        } catch (IOException e) {
            throw new UncheckedIOException("profile registry needs a schema registry: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while starting a schema registry", e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (registry != null) {
            registry.close();
        }
    }
}
