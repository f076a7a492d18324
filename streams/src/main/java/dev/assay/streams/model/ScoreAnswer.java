package dev.assay.streams.model;

/** What goes to a topic of replies: of a request a reply, of a batch one for each of its requests. */
public sealed interface ScoreAnswer permits ScoreReply, ScoreBatchReply {}
