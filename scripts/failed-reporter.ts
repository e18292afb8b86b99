import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** So many fit into the last 20 lines of a log, with what npm writes below them. */
const SHOWN = 10;

const firstLine = (error: SerializedError | undefined) =>
  stripVTControlCharacters(error?.message || error?.name || 'no message')
    .trim()
    .split('\n', 1)[0]
    ?.slice(0, 200);

/** What failed in a file, a line each: tests, and whatever failed outside of a test, as an import or a hook does. */
function failuresOf(module: TestModule): string[] {
  const where = `${module.project.name} ${module.relativeModuleId}`;
  const imports = module.errors().map((error) => `${where}: ${firstLine(error)}`);
  const hooks = [...module.children.allSuites()].flatMap((suite) =>
    suite.errors().map((error) => `${where} > ${suite.fullName}: ${firstLine(error)}`),
  );
  const tests = [...module.children.allTests('failed')].map(
    (test) => `${where} > ${test.fullName}: ${firstLine(test.result().errors?.[0])}`,
  );
  return [...imports, ...hooks, ...tests];
}

/** The tests of a file that failed at first and passed when they were tried again. */
const flakyOf = (module: TestModule): string[] =>
  [...module.children.allTests('passed')]
    .filter((test) => test.diagnostic()?.flaky)
    .map((test) => `${module.project.name} ${module.relativeModuleId} > ${test.fullName}: ${firstLine(test.result().errors?.[0])}`);

/**
 * Repeats at the end of a run what failed, with the first line of each error: the tail of a log names it. What passed only when it was tried again is
 * named as well, so that it is mended rather than forgotten.
 */
export default class FailedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const test of modules.flatMap(flakyOf)) console.log(`PASSED ONLY AT THE SECOND TRY ${test}`);
    const failures = [...modules.flatMap(failuresOf), ...unhandled.map((error) => `outside of any test: ${firstLine(error)}`)];
    for (const failure of failures.slice(0, SHOWN)) console.log(`FAILED ${failure}`);
    if (failures.length > SHOWN) console.log(`FAILED ${failures.length - SHOWN} more, named above`);
  }
}
