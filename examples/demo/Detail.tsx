import { useEffect, useRef } from 'react';
import { ContainerScreen } from '../../src/index.js';

interface DetailProps {
  containerId: string;
  /** The address to go back to. */
  back: string;
  onMakeAgain: () => void;
}

/** One container as the person it is made for sees it, on its own page. */
export function Detail({ containerId, back, onMakeAgain }: DetailProps) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    link.current?.focus({ preventScroll: true });
  }, [containerId]);
  return (
    <div className="detail">
      <a ref={link} className="back" href={back}>
        Content
      </a>
      <ContainerScreen
        containerId={containerId}
        stages={['writing_script', 'generating_visuals', 'rendering', 'finalizing']}
        titleProgress
        onMakeAgain={onMakeAgain}
      />
    </div>
  );
}
