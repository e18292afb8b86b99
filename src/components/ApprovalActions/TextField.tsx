'use client';
import { type ForwardedRef, forwardRef, type ReactNode, useId } from 'react';
import { useWords } from '../../provider/MessagesContext.js';
import { LONGEST_TEXT } from '../../queries/decisionText.js';
import { approvalWords } from './words.js';

/** From so many characters before the end on, what is left is told. */
const NEAR_END = 100;

interface TextFieldProps {
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** Ctrl+Enter or Cmd+Enter. */
  onSubmit: () => void;
  /** What is wrong with the text; `null`: nothing that was looked for. */
  problem: string | null;
  isRequired?: boolean;
  isReadOnly: boolean;
  rows: number;
}

/** A field for a note or a reason. What is too long is told and kept: a paste that is cut off is lost. */
export const TextField = forwardRef(function TextField(
  { label, value, onChange, onSubmit, problem, isRequired = false, isReadOnly, rows }: TextFieldProps,
  ref: ForwardedRef<HTMLTextAreaElement>,
) {
  const { messages, locale } = useWords(approvalWords);
  const id = useId();
  const left = LONGEST_TEXT - value.trim().length;
  const count = left < 0 ? messages.charactersOver(-left, locale) : left <= NEAR_END ? messages.charactersLeft(left, locale) : null;
  const described = [problem && `${id}-problem`, count && `${id}-count`].filter(Boolean).join(' ');
  return (
    <div data-part="field">
      <label data-part="label" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={ref}
        id={id}
        data-part="text"
        dir="auto"
        rows={rows}
        value={value}
        readOnly={isReadOnly}
        required={isRequired}
        aria-invalid={problem !== null || left < 0 || undefined}
        aria-describedby={described || undefined}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onSubmit();
        }}
      />
      <div data-part="hints">
        {problem && (
          <p id={`${id}-problem`} data-part="problem">
            {problem}
          </p>
        )}
        {count && (
          <p id={`${id}-count`} data-part="count" data-over={left < 0 ? '' : undefined}>
            {count}
          </p>
        )}
      </div>
    </div>
  );
});
