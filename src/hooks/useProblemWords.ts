'use client';
import { useMemo } from 'react';
import { type GenerationProblem, readGenerationProblem } from '../model/generationProblem.js';
import { useMessages } from '../provider/MessagesContext.js';

/** An error of a start, described in the language of the nearest `LayersProvider`. */
export interface ProblemInWords extends GenerationProblem {
  /** What happened and what to do, for the user. */
  message: string;
}

/** Describes an error of a start; an unknown field error keeps the API's message. `null` without an error. */
export function useProblemWords(error: unknown): ProblemInWords | null {
  const { messages, locale } = useMessages();
  return useMemo(() => {
    if (error === null || error === undefined) return null;
    const problem = readGenerationProblem(error);
    const fields = problem.fields.map((field) =>
      field.problem === null ? field : { ...field, message: messages.fieldProblem(field.problem, field.limits, locale) },
    );
    return { ...problem, fields, message: messages.generationProblem(problem, locale) };
  }, [error, messages, locale]);
}
