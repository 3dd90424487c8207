// The server's doors. Everything is on this machine; nothing else is ever asked.

/** What the server answered when it would not do something. */
export class Refused extends Error {}

async function read(answer) {
  const said = await answer.json();
  if (said.error) throw new Refused(said.error);
  return said;
}

/** Read one of the page's views as somebody. */
export async function look(path, me) {
  return read(await fetch(`/page/${path}?as=${encodeURIComponent(me)}`));
}

/** Do something as somebody; raises Refused with words for a person. */
export async function act(action, me, body) {
  let answer;
  try {
    answer = await fetch(`/page/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: me, ...body }),
    });
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  return read(answer);
}

/** Be told of what happens, for as long as the stream is open. */
export function listen(me, told) {
  const source = new EventSource(`/page/events?as=${encodeURIComponent(me)}`);
  source.addEventListener("message", (event) => told(JSON.parse(event.data)));
  source.addEventListener("error", () => told({ kind: "lost" }));
  return source;
}
