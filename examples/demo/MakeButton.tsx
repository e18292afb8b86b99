import { useMutation, useQueryClient } from '@tanstack/react-query';
import { layersKeys, useLayersClient } from '../../src/index.js';

/** Starts a new container through the demo's own server, as a partner's product would. */
export function MakeButton({ projectId, onMade }: { projectId: string; onMade: (containerId: string) => void }) {
  const client = useLayersClient();
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: async (): Promise<{ containerId: string }> => {
      const response = await fetch('/api/demo/generate', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      if (!response.ok) throw new Error('It could not be started. Wait a moment, then try again.');
      return response.json();
    },
    onSuccess: async ({ containerId }) => {
      await queryClient.invalidateQueries({ queryKey: layersKeys.lists(client, projectId) });
      onMade(containerId);
    },
  });

  return (
    <div className="make">
      {make.error && <p role="alert">{make.error.message}</p>}
      <button className="primary" type="button" disabled={make.isPending} onClick={() => make.mutate()}>
        Make a video
      </button>
    </div>
  );
}
