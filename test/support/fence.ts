const name = `fence ${crypto.randomUUID()}`;
const [here, there] = [new BroadcastChannel(name), new BroadcastChannel(name)];

/**
 * Waits until what tabs have sent and requested so far has arrived, however busy the machine is: the browser answers in the order in which it is asked.
 *
 * @param hops how many times; what is sent in response to a message arrives with the next. Default 1
 */
export async function fence(hops = 1): Promise<void> {
  for (let hop = 0; hop < hops; hop += 1) {
    const heard = new Promise((resolve) => there.addEventListener('message', resolve, { once: true }));
    here.postMessage(null);
    await heard;
    await navigator.locks.query();
  }
}
