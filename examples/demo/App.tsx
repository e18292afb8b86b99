import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Detail } from './Detail.js';
import { Library } from './Library.js';
import { MakeButton } from './MakeButton.js';

interface Session {
  projectId: string;
}

/** A small partner's dashboard: what a company that embeds the library would build in an afternoon. */
export function App() {
  const [openId, setOpenId] = useState<string | null>(null);
  const session = useQuery({
    queryKey: ['session'],
    queryFn: async (): Promise<Session> => (await fetch('/api/demo/session')).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });

  return (
    <>
      <header className="top">
        <div className="top-inner">
          <p className="brand">
            <span className="brand-mark" aria-hidden="true" />
            Fernway
          </p>
          {session.data && <MakeButton projectId={session.data.projectId} onMade={setOpenId} />}
        </div>
      </header>
      <main>
        {session.isError && <p role="alert">The demo's server does not answer. Start it again with npm start, then reload this page.</p>}
        {session.data && <Library projectId={session.data.projectId} onOpen={setOpenId} />}
      </main>
      {openId && <Detail key={openId} containerId={openId} onClose={() => setOpenId(null)} />}
    </>
  );
}
