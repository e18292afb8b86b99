import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LayersProvider } from '../../src/index.js';
import '../../src/styles/index.css';
import { App } from './App.js';
import './demo.css';

const queryClient = new QueryClient();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LayersProvider baseUrl="/api/layers">
        <App />
      </LayersProvider>
    </QueryClientProvider>
  </StrictMode>,
);
