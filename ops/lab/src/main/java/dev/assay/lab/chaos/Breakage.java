package dev.assay.lab.chaos;

/** Does to a target what a {@link Fault.Action} says, and undoes it. Both are called by the one thread that plays a schedule. */
interface Breakage {
    /** Breaks. */
    void begin(int target) throws Exception;

    /** Mends; the process that was broken may have ended by itself since. */
    void end(int target) throws Exception;

    /** What a breakage is made of, where both are a line. */
    static Breakage of(Deed begin, Deed end) {
        return new Breakage() {
            @Override
            public void begin(int target) throws Exception {
                begin.to(target);
            }

            @Override
            public void end(int target) throws Exception {
                end.to(target);
            }
        };
    }

    /** One half of it. */
    interface Deed {
        void to(int target) throws Exception;
    }
}
