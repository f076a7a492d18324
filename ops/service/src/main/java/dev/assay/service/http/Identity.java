package dev.assay.service.http;

import io.javalin.http.Context;

/** An id in a path. */
public final class Identity {
    private static final int LONGEST = 512;

    private Identity() {}

    /** @throws Problem 400 if the part of the path is blank or too long */
    public static String ofPath(Context ctx, String name) {
        String id = ctx.pathParam(name);
        if (id.isBlank() || id.length() > LONGEST) {
            throw Problem.of(
                    400,
                    name + " in the path must have 1 to " + LONGEST + " characters and not be blank, has "
                            + id.length());
        }
        return id;
    }
}
