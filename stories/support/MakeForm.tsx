import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ContainerCard, type GenerateInput, useCancelJob, useGenerate, useJob } from '../../src/index.js';
import './makeForm.css';

const FORMATS = [
  ['slideshow-builder', 'Slideshow'],
  ['ugc-remix', 'A person speaks'],
  ['video-remix', 'Remix of a video'],
  ['slideshow-remix', 'Remix of a slideshow'],
] as const;
const OLD_FORMATS = [['auto', 'Whatever fits'], ...FORMATS.slice(1)] as const;

interface FieldProps {
  label: string;
  hint?: string;
  error: string | undefined;
  children: (props: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode;
}

function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': described || undefined })}
      {error !== undefined && (
        <p className="wrong" id={`${id}-wrong`}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Made({ jobId, containerIds }: { jobId: string; containerIds: string[] }) {
  const { data: job } = useJob(jobId);
  const cancel = useCancelJob(jobId);
  return (
    <div className="made">
      {containerIds.map((id) => (
        <div key={id} style={{ inlineSize: 'min(100%, 200px)' }}>
          <ContainerCard containerId={id} />
        </div>
      ))}
      {job?.status === 'running' && (
        <button type="button" className="quiet" aria-disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          Stop
        </button>
      )}
      <p className="summary" role="status">
        {cancel.data?.answer === 'accepted' && job?.status !== 'running' ? null : cancel.message}
      </p>
    </div>
  );
}

/** What a form holds: any field, filled in or not. What is wrong with it is told at the field. */
interface Fields {
  format: string;
  hook?: string;
  influencerId?: string;
  mediaId?: string;
  tiktokVideoId?: string;
}

/** A form as a partner would write it on `useGenerate`: every error of a field at that field, the rest above the button. */
export function MakeForm({ projectId, hasBrief = false }: { projectId: string; hasBrief?: boolean }) {
  const generate = useGenerate(projectId);
  const [input, setInput] = useState<Fields>({ format: hasBrief ? 'auto' : 'slideshow-builder', hook: '' });
  const form = useRef<HTMLFormElement>(null);
  const { problem } = generate;
  const errorAt = (name: string) => problem?.fields.find(({ field }) => field === name)?.message;
  const set = (part: Partial<Fields>) => setInput((before) => ({ ...before, ...part }));
  const isRemix = input.format === 'video-remix' || input.format === 'slideshow-remix';

  useEffect(() => {
    if (problem?.kind === 'fields') form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  function submit(event: FormEvent) {
    event.preventDefault();
    generate.mutate(input as GenerateInput);
  }

  return (
    <div className="make-form">
      <form ref={form} onSubmit={submit} noValidate>
        <Field label="Format" error={errorAt('format')}>
          {(props) => (
            <select {...props} value={input.format} onChange={({ target }) => set({ format: target.value })}>
              {(hasBrief ? OLD_FORMATS : FORMATS).map(([format, name]) => (
                <option key={format} value={format}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {(!isRemix || hasBrief) && (
          <Field label="Opening line" hint={`${input.hook?.length ?? 0} of 2,000 characters`} error={errorAt('hook')}>
            {(props) => <textarea {...props} value={input.hook} onChange={({ target }) => set({ hook: target.value })} />}
          </Field>
        )}
        {isRemix && !hasBrief && (
          <Field label="Post to remix" error={errorAt('tiktokVideoId')}>
            {(props) => (
              <input {...props} value={input.tiktokVideoId ?? ''} onChange={({ target }) => set({ tiktokVideoId: target.value })} />
            )}
          </Field>
        )}
        {input.format === 'ugc-remix' && !hasBrief && (
          <Field label="App demo" error={errorAt('mediaId')}>
            {(props) => (
              <select {...props} value={input.mediaId ?? ''} onChange={({ target }) => set({ mediaId: target.value })}>
                <option value="">The project’s own</option>
                <option value="med_1">Onboarding</option>
                <option value="med_2">Calendar</option>
              </select>
            )}
          </Field>
        )}
        <Field label="Influencer" error={errorAt('influencerId')}>
          {(props) => (
            <select {...props} value={input.influencerId ?? ''} onChange={({ target }) => set({ influencerId: target.value })}>
              <option value="">None</option>
              <option value="inf_1">Maya</option>
              <option value="inf_2">Jonas</option>
            </select>
          )}
        </Field>
        <p className="summary" role="alert" data-bad="">
          {problem?.message}
        </p>
        <button type="submit" aria-disabled={generate.isPending}>
          {generate.isPending ? 'Starting' : 'Make it'}
        </button>
        <p className="summary" role="status">
          {generate.notice}
        </p>
      </form>
      {generate.data && <Made jobId={generate.data.jobId} containerIds={generate.data.containerIds} />}
    </div>
  );
}
