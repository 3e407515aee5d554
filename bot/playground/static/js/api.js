// The page's JSON API. Every refusal becomes an ApiError with the server's sentence.

/** A refused or failed request; `message` is a sentence for people, `status` 0 when no answer came. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError("The playground does not answer.", 0);
    throw error;
  }
  const text = await response.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (response.ok) throw new ApiError("The playground sent an answer that is not JSON.", response.status);
  }
  if (!response.ok) throw new ApiError(body.error || `The playground answered ${response.status}.`, response.status);
  return body;
}

/** Reads `/client/<name>`; parameters that are undefined are left out. */
export function read(name, parameters = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) if (value !== undefined) query.set(key, value);
  const tail = query.toString();
  return request(`/client/${name}${tail ? `?${tail}` : ""}`, { headers: { Accept: "application/json" } });
}

/** Posts a JSON body to `/client/<name>`. */
export function send(name, body) {
  return request(`/client/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
}

/** Uploads a chosen file as a person; gives what the workspace knows of it. */
export async function uploadAs(person, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  const answer = await send("upload", { as: person, name: file.name, content: btoa(text) });
  return answer.file;
}

/**
 * Follows the server's events of one person. `onOpen` runs at every (re)connection, because events may have been
 * missed; `onLost` when the connection breaks. Returns a function that ends it.
 */
export function follow(person, { onEvent, onOpen, onLost }) {
  let source = null;
  let timer = null;
  let ended = false;
  const connect = () => {
    source = new EventSource(`/client/events?as=${encodeURIComponent(person)}`);
    source.addEventListener("open", onOpen);
    source.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (ended) return;
      onLost();
      // A closed source never comes back by itself; a connecting one does.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, 1500);
    });
  };
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    source.close();
  };
}
