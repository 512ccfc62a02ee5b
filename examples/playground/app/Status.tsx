import type { TaskState } from './useTask.js';

interface Props {
  state: TaskState;
  cancel: () => void;
}

/** Where a task stands, told to screen readers too. */
export function Status({ state, cancel }: Props) {
  const progress = state.status === 'running' ? state.progress : undefined;
  return (
    <div class="status">
      <div role="status">
        {state.status === 'running' && <p>{progress === undefined ? 'Computing …' : `${progress.doing} …`}</p>}
        {state.status === 'cancelled' && <p>Cancelled. Nothing was changed; compute again whenever you like.</p>}
      </div>
      {state.status === 'running' && (
        <p class="running">
          <progress aria-label="Progress" {...(progress === undefined ? {} : { value: progress.done, max: progress.total })} />
          <button type="button" onClick={cancel}>Cancel</button>
        </p>
      )}
      {state.status === 'failed' && (
        <div role="alert" class="failure">
          <p>{state.failure.message}</p>
          {state.failure.code !== undefined && <p><code>{state.failure.code}</code></p>}
        </div>
      )}
    </div>
  );
}
