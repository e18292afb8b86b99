'use client';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LayersError } from '../model/errors.js';
import { type GenerationProblem, readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import { useLayers } from '../provider/LayersContext.js';
import { useMessages } from '../provider/MessagesContext.js';
import type { StartOptionsOf } from '../queries/startOptions.js';

/** An error of a start, described in the language of the nearest `LayersProvider`. */
export interface ProblemInWords extends GenerationProblem {
  /** What happened and what to do, for the user. */
  message: string;
}

/** TanStack's mutation result, with messages for the user. */
export type StartResult<Input> = UseMutationResult<AcceptedJob, LayersError, Input> & {
  /** Describes `error`: its kind, a message, and field errors by their names in the input. `null` without an error. */
  problem: ProblemInWords | null;
  /** A message if the server returned the result of an earlier request (`data.isReplay`); `null` otherwise. */
  notice: string | null;
};

/** A mutation that starts something for a project or a container, with messages in the language of the nearest `LayersProvider`. */
export function useStart<Input>(optionsOf: StartOptionsOf<Input>, id: string | null | undefined): StartResult<Input> {
  const { client, queryClient } = useLayers();
  const { messages, locale } = useMessages();
  const result = useMutation(optionsOf(client, queryClient, id ?? ''), queryClient);
  const { data, error } = result;
  const problem = useMemo(() => {
    if (error === null) return null;
    const known = readGenerationProblem(error);
    // An unknown field error keeps the API's message.
    const fields = known.fields.map((field) =>
      field.problem === null ? field : { ...field, message: messages.fieldProblem(field.problem, field.limits, locale) },
    );
    return { ...known, fields, message: messages.generationProblem(known, locale) };
  }, [error, messages, locale]);
  return { ...result, problem, notice: data?.isReplay ? messages.generationReplayed : null };
}
