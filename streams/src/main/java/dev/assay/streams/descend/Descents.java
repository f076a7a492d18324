package dev.assay.streams.descend;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.Round;
import org.jspecify.annotations.Nullable;

/**
 * How reruns descend.
 *
 * @param method its name, for what must not be forgotten
 * @param descent by that method
 * @param tolerance decrement per parameter at which it stops, in standard errors
 * @param shards number of shards that answer
 * @param origin zeros of the deployment's dimensions
 */
record Descents(Method method, Descent descent, double tolerance, int shards, Parameters origin) {
    /** The first round of a rerun. */
    OpenRound begin(OpenRerun rerun, Start start) {
        return new OpenRound(rerun, descent.begin(start), shards);
    }

    /** The first round of a rerun that looks for a start of its own. */
    OpenRound begin(OpenRerun rerun) {
        return begin(
                rerun, Start.cold(origin.reward().size(), origin.rationality().size()));
    }

    /** The same rerun from a start of its own: a resumed descent may have been led astray by where it began. */
    OpenRound beginCold(OpenRerun rerun) {
        return begin(new OpenRerun(
                rerun.getId() + "-cold",
                method.label(),
                rerun.getReason(),
                rerun.getCommandIds(),
                rerun.getJudgments(),
                rerun.getDrift(),
                false));
    }

    /**
     * The round that was open when an earlier coordinator moved or died; null if none was. Where this one cannot read what the
     * descent remembered, or descends by another method, the rerun is begun again.
     */
    @Nullable
    OpenRound goOn(Coordination before) {
        OpenRerun rerun = before.rerun();
        if (rerun == null) {
            return null;
        }
        Round round = before.order().round();
        Method.State state = before.descent() == null || !rerun.getMethod().equals(method.label())
                ? null
                : before.descent().state().orElse(null);
        return round == null || state == null
                ? beginCold(rerun)
                : new OpenRound(rerun, new Step.Ask(round.number(), round.question(), state), shards);
    }

    /** Whether the fit is at the maximum; while judgments arrive it ends a little short of it. */
    boolean exact(Fit fit) {
        return Math.sqrt(fit.decrement() / fit.parameters().dimension()) <= tolerance;
    }
}
