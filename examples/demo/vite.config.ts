import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { demoServer } from './server/demoServer.js';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), demoServer()],
  clearScreen: false,
  // Browsers try 127.0.0.1 for `localhost` too, so both addresses answer, and no other machine's.
  server: { host: '127.0.0.1', port: Number(process.env['PORT'] || 5173), strictPort: true },
});
