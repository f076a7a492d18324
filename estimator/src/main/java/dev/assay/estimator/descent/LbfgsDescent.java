package dev.assay.estimator.descent;

/** Limited-memory BFGS from the moment start, verified by a Newton round at the end: for p above 150. MODEL §6. */
public final class LbfgsDescent implements Descent {
    private final AlternatingDescent newton;

    public LbfgsDescent(FitConfig config) {
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step advance(RoundOrder asked, ShardSum answer) {
        Step step = newton.advance(asked, answer);
        boolean starts = asked.state().phase() == DescentPhase.MOMENTS
                && step instanceof Step.Ask ask
                && ask.order().state().phase() == DescentPhase.START;
        return starts ? Step.ask(QuasiNewton.start(((Step.Ask) step).order())) : step;
    }
}
