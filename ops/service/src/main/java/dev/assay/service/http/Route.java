package dev.assay.service.http;

import dev.assay.streams.model.Judgment;
import dev.assay.streams.settings.CallerRole;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One route: where it is, who may ask, what it takes, what it answers, and who answers. It is declared once, at start, beside
 * its handler; {@link HttpServer} serves it and {@code openapi.json} is made of it, so that neither can say otherwise. A route
 * without an operation's name is served and not described: pages, and what only this process's keeper asks.
 */
public final class Route {
    private final String method;
    private final String path;
    final @Nullable Function<Request, HttpAnswer> now;
    final @Nullable Function<Request, CompletableFuture<HttpAnswer>> later;
    final @Nullable Handler raw;

    @Nullable
    CallerRole role;

    @Nullable
    Caller signer;

    @Nullable
    Consumer<Request> beforeBody;

    boolean body;
    boolean bodyOfAnyType;
    boolean bodyOfLines;
    int mostItems = Integer.MAX_VALUE;
    private Function<RuntimeException, @Nullable HttpProblem> translation = e -> null;
    ErrorForm errors = ErrorForm.PROBLEM;

    // What follows is for the document alone.
    String operation = "";
    String summary = "";
    String description = "";
    boolean canBeSigned;
    final List<Class<?>> takes = new ArrayList<>();
    final List<Parameter> parameters = new ArrayList<>();
    final Map<Integer, Described> answers = new TreeMap<>();
    private final Map<Integer, String> refusals = new TreeMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();

    /**
     * An answer as the document has it.
     *
     * @param description when it is given; empty: the document's words for its status
     * @param types one of these; none: any object
     * @param contentType of the body
     */
    public record Described(String description, List<Class<?>> types, String contentType) {}

    /**
     * A variable part of the path, or of the query, or a header.
     *
     * @param in path, query or header
     * @param name as requests have it
     * @param description what it says
     * @param schema in OpenAPI's words
     */
    public record Parameter(String in, String name, String description, Map<String, Object> schema) {}

    /**
     * How it is said that a request is not answered.
     *
     * @param name of the schema's type; the document's names of such answers begin with its {@code prefix}
     * @param body of the problem
     * @param contentType of it
     * @param prefix of names
     */
    public record ErrorForm(Class<?> name, Function<HttpProblem, Object> body, String contentType, String prefix) {
        /** RFC 9457. */
        public static final ErrorForm PROBLEM =
                new ErrorForm(ProblemDocument.class, ProblemDocument::of, "application/problem+json", "");
    }

    private Route(
            String method,
            String path,
            @Nullable Function<Request, HttpAnswer> now,
            @Nullable Function<Request, CompletableFuture<HttpAnswer>> later,
            @Nullable Handler raw) {
        this.method = method;
        this.path = path;
        this.now = now;
        this.later = later;
        this.raw = raw;
    }

    /** What is answered at once, on the thread that asks. */
    public static Route get(String path, Function<Request, HttpAnswer> handler) {
        return new Route("GET", path, handler, null, null);
    }

    /** Answered at once, on the thread that read the body. */
    public static Route post(String path, Function<Request, HttpAnswer> handler) {
        return new Route("POST", path, handler, null, null);
    }

    /** Answered when what is promised is done; no thread waits for it. */
    public static Route later(String method, String path, Function<Request, CompletableFuture<HttpAnswer>> handler) {
        return new Route(method, path, null, handler, null);
    }

    /** Written by the handler itself: files and streams. */
    public static Route raw(String path, Handler handler) {
        return new Route("GET", path, null, null, handler);
    }

    /** Only for those whose token has that role; of others nobody is asked for a token. */
    public Route by(CallerRole needed) {
        role = needed;
        return this;
    }

    /**
     * For whoever signs what they send, instead of a token, where there is a secret to check it with.
     *
     * @param caller in place of a token's bearer; null: there is no secret, so that a token is asked for
     */
    public Route orSigned(@Nullable Caller caller) {
        canBeSigned = true;
        signer = caller;
        return this;
    }

    /** What its headers must say before its body is read; of the request it sees no body. */
    public Route beforeBody(Consumer<Request> check) {
        beforeBody = check;
        return this;
    }

    /** How it is called in the document, and what it does in a line. */
    public Route named(String operationId, String inALine) {
        operation = operationId;
        summary = inALine;
        return this;
    }

    /** What else there is to say of it. */
    public Route saying(String more) {
        description = more;
        return this;
    }

    /** Takes a body of JSON. */
    public Route takes(Class<?>... types) {
        body = true;
        takes.addAll(List.of(types));
        return this;
    }

    /** Takes a body of JSON: one, or an array of at most so many. */
    public Route takesOneOr(int most, Class<?> type) {
        mostItems = most;
        return takes(type, type.arrayType());
    }

    /** Its body may be JSON Lines too. */
    public Route takesLines() {
        bodyOfLines = true;
        return this;
    }

    /** Its body may be something else than JSON, as its handler knows. */
    public Route takesAnyType() {
        bodyOfAnyType = true;
        return this;
    }

    /** Answers 200 with one of these. */
    public Route answers(Class<?>... types) {
        return answers(200, "", types);
    }

    /** Answers with another status, or says more of when. */
    public Route answers(int status, String when, Class<?>... types) {
        answers.put(status, new Described(when, Arrays.asList(types), "application/json"));
        return this;
    }

    /** Answers 200 with something that is no JSON. */
    public Route answersAs(String contentType, String when) {
        answers.put(200, new Described(when, List.of(), contentType));
        return this;
    }

    /** Refuses with these too, besides what follows from role and body. */
    public Route refuses(int... statuses) {
        for (int status : statuses) {
            refusals.put(status, "");
        }
        return this;
    }

    /** Refuses with this too, and says when. */
    public Route refuses(int status, String when) {
        refusals.put(status, when);
        return this;
    }

    /** An id in the path, 1 to {@link Judgment#LONGEST_ID} characters. */
    public Route id(String name, String what) {
        return with(new Parameter(
                "path", name, what, Map.of("type", "string", "minLength", 1, "maxLength", Judgment.LONGEST_ID)));
    }

    /** A parameter. */
    public Route with(Parameter parameter) {
        parameters.add(parameter);
        return this;
    }

    /** Answers with this header; the document's components say what it is. */
    public Route withHeader(String name, String component) {
        headers.put(name, component);
        return this;
    }

    /** Of what its handler throws, these are the request's fault and no mistake of ours; null: a mistake. */
    public Route translating(Function<RuntimeException, @Nullable HttpProblem> exceptions) {
        translation = exceptions;
        return this;
    }

    /** Says otherwise that a request is not answered. */
    public Route refusingAs(ErrorForm form) {
        errors = form;
        return this;
    }

    /** @return in HTTP's words */
    public String method() {
        return method;
    }

    /** @return with the names of its variable parts in braces */
    public String path() {
        return path;
    }

    /** @throws RuntimeException that one, if it is no problem but a mistake */
    HttpProblem problem(RuntimeException thrown) {
        HttpProblem problem = thrown instanceof HttpProblem known ? known : translation.apply(thrown);
        if (problem == null) {
            throw thrown;
        }
        return problem;
    }

    /** @return its name in the document; empty: it is not in there */
    public String operation() {
        return operation;
    }

    /** @return all statuses of refusals with what is special about them here; empty: the document's words for the status */
    Map<Integer, String> refusals() {
        Map<Integer, String> all = new TreeMap<>();
        if (role != null) {
            all.put(401, "");
            all.put(403, "");
        }
        if (role != null && role != CallerRole.READ) {
            all.put(429, "");
        }
        if (body) {
            all.putAll(Map.of(400, "", 408, "", 413, "", 415, "", 429, ""));
        }
        all.putAll(refusals);
        return all;
    }
}
