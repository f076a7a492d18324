package dev.assay.cli.simulate;

/** How a descent ended. */
enum Outcome {
    BEST("best optimum"),
    OTHER("another optimum"),
    WRONG_SIGN("wrong sign escape"),
    RISING_LOSS("rising loss"),
    SEPARATED("separated"),
    NOT_CONVERGED("not converged");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
