import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The last commit whose server part passed every read on. */
const BEFORE = '66351bd';

/** Builds the package in a folder. */
export function buildPackage(root: string): void {
  const vite = resolve('node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: root, stdio: 'inherit' });
}

/** Builds the package as it was before the server part had a reader, in a temporary worktree. @param repository where that commit is */
export function buildBefore(repository: string): { dist: string; remove(): void } {
  if (!existsSync(repository))
    throw new Error(
      `There is no repository at ${repository}, so "before" can't be built. Give --before the path of a clone with its history.`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'layers-before-'));
  const root = join(folder, 'package');
  const git = (...words: string[]) => execFileSync('git', ['-C', repository, 'worktree', ...words], { stdio: 'pipe' });
  git('add', '--detach', root, BEFORE);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  buildPackage(root);
  const remove = () => {
    git('remove', '--force', root);
    rmSync(folder, { recursive: true, force: true });
  };
  return { dist: join(root, 'dist'), remove };
}
