package dev.assay.estimator.descent;

/** Limited-memory BFGS from the moment start, verified by a Newton round at the end: for p above 150. MODEL §6. */
public final class LbfgsDescent implements Descent {
    private final AlternatingDescent newton;

    public LbfgsDescent(FitConfig config) {
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step advance(RoundOrder asked, ShardSum answer) {
        return newton.advance(asked, answer, QuasiNewton::start);
    }
}
