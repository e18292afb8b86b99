import { useState, useSyncExternalStore } from 'react';
import { Detail } from './Detail.js';
import { Library, readView } from './Library.js';
import { MakeButton, MakeProblem, useMake } from './MakeButton.js';

/** A small partner's dashboard: what a company that embeds the library would build in an afternoon. */
export function App() {
  const place = usePlace();
  const isDetail = place.startsWith('cnt_');
  const [view, setView] = useState(readView(place));
  if (!isDetail && readView(place) !== view) setView(readView(place));
  const [isList, setIsList] = useState(false);
  const making = useMake();

  return (
    <>
      <header className="top">
        <div className="top-inner">
          <p className="brand">
            <span className="brand-mark" aria-hidden="true" />
            Fernway
          </p>
          <MakeButton {...making} />
        </div>
        <MakeProblem {...making} />
      </header>
      <main>
        {isDetail ? (
          <Detail containerId={place} back={`#${view}`} onMakeAgain={making.make} />
        ) : (
          <Library view={view} isList={isList} onSwitch={() => setIsList(!isList)} />
        )}
      </main>
    </>
  );
}

/** Where in the dashboard somebody is: what stands in the address after the #. A product's router tells it. */
function usePlace(): string {
  return useSyncExternalStore(hearPlace, () => location.hash.slice(1));
}

function hearPlace(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
