import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { LayersProvider } from '../../../src/index.js';
import '../../../src/styles/index.css';
import { createRoot } from 'react-dom/client';
import { BurstPage } from './burst.js';
import { ByHandRow } from './byHand.js';
import { OurRow } from './ours.js';
import { RowsPage } from './rows.js';

const { plan } = window;

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <LayersProvider baseUrl={location.origin}>
      {plan.page === 'burst' ? (
        <BurstPage ids={plan.rows.map(({ id }) => id)} {...plan} />
      ) : (
        <RowsPage plan={plan} Row={plan.page === 'by hand' ? ByHandRow : OurRow} />
      )}
    </LayersProvider>
  </QueryClientProvider>,
);
