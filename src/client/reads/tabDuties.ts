import { monotonicNow } from '../../internal/monotonicNow.js';
import { parseContainer } from '../../model/container.js';
import { parseContainerPage } from '../../model/containerPage.js';
import { parseJob } from '../../model/job.js';
import { parseProgress } from '../../model/progress.js';
import type { Answer } from '../answers.js';
import type { Decisions } from '../decisions.js';
import type { Reader } from '../reader.js';
import type { ReadBudget } from './readBudget.js';
import type { ReadLoop } from './readLoop.js';
import type { TabDuties } from './tabs.js';

/** The documented floor: nothing is read twice within it. */
const RECENT_MS = 1_000;

/** What one client does for other tabs, and with what it hears from them. */
export function tabDuties(reader: () => Reader, loop: () => ReadLoop, budget: ReadBudget, decisions: Decisions): TabDuties {
  return {
    isPageVisible: () => loop().visibility.isPageVisible,
    asked: (path, lane) => {
      const last = reader().recall(path);
      if (last && monotonicNow() - last.at < RECENT_MS) reader().tell(last.answer);
      // Whoever asked hears the answer, or the failure, like every other tab; this one shows it as well.
      else
        reader()
          .exchange(path, undefined, () => lane)
          .then((answer) => hear(answer, reader(), loop()))
          .catch(() => undefined);
    },
    heard: (answer) => {
      try {
        hear(answer, reader(), loop());
      } catch {
        // An answer that cannot be read is told by the tab that asked for it.
      }
    },
    heardSweep: ({ projectId, question, pages }) => loop().receiveSweep(projectId, question, pages),
    heardWrite: (approval) => {
      reader().seal();
      if (approval === null) return;
      decisions.settle(approval.containerId, approval.status);
      loop().readAgain(approval.containerId);
    },
    heardSpent: (at) => budget.note(Math.min(at, monotonicNow())),
  };
}

function hear(answer: Answer, reader: Reader, loop: ReadLoop): void {
  const [, kind, encoded = '', rest = ''] = /^\/v1\/(content|jobs)\/([^/?]+)(\/progress)?$/.exec(answer.path) ?? [];
  const id = decodeURIComponent(encoded);
  reader.keep(answer);
  if (/^\/v1\/projects\/[^/]+\/content(\?|$)/.test(answer.path))
    loop.tellRows(reader.parse(answer, parseContainerPage).containers.map((row) => reader.hold(row, answer)));
  if (kind === 'jobs') loop.receive('job', id, reader.parse(answer, parseJob));
  else if (kind === 'content' && rest) loop.receive('progress', id, reader.parse(answer, parseProgress));
  else if (kind === 'content') {
    const container = reader.hold(reader.parse(answer, parseContainer), answer);
    loop.receive('container', id, container);
    loop.learnDetail(container);
  }
}
