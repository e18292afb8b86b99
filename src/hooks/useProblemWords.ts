'use client';
import { useMemo } from 'react';
import { type GenerationProblem, readGenerationProblem } from '../model/generationProblem.js';
import { useMessages } from '../provider/MessagesContext.js';

/** What an error of a start means, in the words of the nearest `LayersProvider`. */
export interface ProblemInWords extends GenerationProblem {
  /** What happened and what to do, for a person. */
  message: string;
}

/** An error of a start in words; the API's own words at a field stay, where it is not known what they say. `null` without an error. */
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
