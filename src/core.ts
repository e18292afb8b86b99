export * from './client/index.js';
export * from './model/index.js';
export * from './progress/index.js';
export * from './queries/index.js';
export * from './schedule/index.js';
