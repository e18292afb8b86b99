import type { Reporter, TestModule } from 'vitest/node';
/** Ends a run with `tests: N passed, N failed, N skipped` alone on a line. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const n = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const m of modules) for (const t of m.children.allTests()) n[t.result().state]++;
    const broken = modules.filter((m) => m.state() === 'failed' && n.failed === 0).length;
    console.log(`tests: ${n.passed} passed, ${n.failed + broken} failed, ${n.skipped + n.pending} skipped`);
  }
}
