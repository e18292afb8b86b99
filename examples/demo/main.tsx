import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LayersProvider } from '../../src/index.js';
import '../../src/styles/index.css';
import { App } from './App.js';
import './demo.css';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LayersProvider baseUrl="/api/layers">
      <App />
    </LayersProvider>
  </StrictMode>,
);
